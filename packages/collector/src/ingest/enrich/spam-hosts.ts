/**
 * Hosts that leave themselves in other people's statistics, so that owners who look at their sources go there; each
 * stands for all below it.
 *
 * Chosen by hand in November 2026 from https://github.com/matomo-org/referrer-spam-list (public domain), `spammers.txt`
 * at ad79491c5b87 and `active_spammers.txt` at 1cd7f8b731d1. That list has everything anybody reported, also shops,
 * universities and services that people do come from (`uptime.com`, `marinetraffic.com`, `kharkov.ua`). To leave out a
 * visit that happened is worse than to count one that did not, so only those are taken whose name already says what
 * they are. Owners block others by themselves.
 */
export const SPAM_HOSTS = {
  /** Offer visitors, ranks and links. */
  traffic: `
    1-99seo.com 1-best-seo.com 2-best-seo.com 3-best-seo.com 4-best-seo.com 5-best-seo.com 6-best-seo.com 7-best-seo.com
    8-best-seo.com 9-best-seo.com 12-reasons-for-seo.net 15-reasons-for-seo.com 99-reasons-for-seo.com
    100-reasons-for-seo.com 100dollars-seo.com 4webmasters.org ai-seo-services.com amazon-seo-service.com
    anti-crisis-seo.com anticrawler.org auto-b2b-seo-service.com auto-seo-service.org autoseo-service.org
    autoseo-traffic.com autoseotips.com backlinks-fast-top.com best-ping-service-usa.blue best-seo-offer.com
    best-seo-software.xyz best-seo-solution.com blackhatworth.com blogorganictraffic.shop blogseo.xyz blogtraffic.shop
    boostmyppc.com bot-traffic.icu bot-traffic.xyz bottraffic.live bottraffic143.xyz bottraffic329.xyz
    bottraffic4free.club bottraffic4free.host bottraffic999.xyz cheap-trusted-backlinks.com dailyrank.net dailyseo.xyz
    darodar.com dev-seo.blog e-commerce-seo.com e-commerce-seo1.com ecommerce-seo.org econom.co event-tracking.com
    fast-wordpress-start.com fix-website-errors.com free-fb-traffic.com free-fbook-traffic.com free-traffic.xyz
    free-website-traffic.com gammatraffic.com get-clickize.info get-free-social-traffic.com get-free-traffic-now.com
    get-more-freeer-visitors.info get-more-freeish-visitors.info get-seo-help.com getbottraffic4free.xyz
    getfy-click.info getpy-click.info ghostvisitor.com growth-hackingan.info growth-hackingor.info growth-hackingy.info
    hosting-tracker.com howtostopreferralspam.eu increasewwwtraffic.info keywords-monitoring-success.com
    keywords-monitoring-your-success.com landoftracking.com local-seo-for-multiple-locations.com
    money-for-placing-articles.com mycheaptraffic.com own-ahrefs.com progressive-seo.com promotion-for99.com
    rank-checker.online rankings-analytics.com ranksonic.info ranksonic.net ranksonic.org resell-seo-services.com
    search-error.com semalt.com semalt.net semaltmedia.com seo-2-0.com seo-platform.com seo-services-b2b.com
    seo-services-wordpress.com seo-smm.kz seo-tips.top seoanalyses.com seobook.top seocheckupx.com seocheckupx.net
    seoexperimenty.ru seojokes.net seopub.net seoservices2018.com site-auditor.online slow-website.xyz
    social-traffic-1.xyz social-traffic-2.xyz social-traffic-3.xyz social-traffic-4.xyz social-traffic-5.xyz
    social-traffic-7.xyz speedup-my.site startraffic.online success-seo.com super-seo-guru.com supertraffic.xyz
    top1-seo-service.com topseoservices.co track-rankings.online traffic-cash.xyz traffic2cash.org traffic2cash.xyz
    traffic2money.com trafficbot.life trafficbot4free.xyz trafficdrive.club trafficgenius.xyz trafficmonetize.org
    trafficmonetizer.org trafficstudio.club uptime-as.net uptime-eu.net uptime-us.net videos-for-your-business.com
    wakeupseoconsultant.com we-ping-for-youic.info web-revenue.xyz webmaster-traffic.com website-analytics.online
    website-analyzer.info website-speed-check.site website-speed-checker.site websitebottraffic.host wptraffic.xyz
    xtraffic.plus xtrafficplus.com xtrafficplus.online your-good-links.com yourserverisdown.com`,
  /** Offer buttons to share and tools to download. */
  buttons: `
    1-free-share-buttons.com baixar-musicas-gratis.com buttons-for-website.com buttons-for-your-website.com dbutton.net
    descargar-musica-gratis.net fbdownloader.com floating-share-buttons.com free-floating-buttons.com
    free-share-buttons.com free-social-buttons.com free-social-buttons.xyz free-social-buttons7.xyz free-video-tool.com
    get-your-social-buttons.info kambasoft.com savetubevideo.com savetubevideo.info share-buttons-for-free.com
    share-buttons.xyz sharebutton.io sharebutton.net sharebutton.to simple-share-buttons.com social-button.xyz
    social-buttons-ii.xyz social-buttons.com social-widget.xyz socialbuttons.xyz`,
  /** Threaten with the law. */
  threats: `
    compliance-alex.xyz compliance-alexa.xyz compliance-andrew.xyz compliance-barak.xyz compliance-brian.xyz
    compliance-don.xyz compliance-donald.xyz compliance-elena.xyz compliance-fred.xyz compliance-george.xyz
    compliance-irvin.xyz compliance-ivan.xyz compliance-john.top compliance-julianna.top
    cookie-law-enforcement-aa.xyz cookie-law-enforcement-bb.xyz cookie-law-enforcement-cc.xyz
    cookie-law-enforcement-dd.xyz cookie-law-enforcement-ee.xyz cookie-law-enforcement-ff.xyz
    cookie-law-enforcement-gg.xyz cookie-law-enforcement-hh.xyz cookie-law-enforcement-ii.xyz
    cookie-law-enforcement-jj.xyz cookie-law-enforcement-kk.xyz cookie-law-enforcement-ll.xyz
    cookie-law-enforcement-mm.xyz cookie-law-enforcement-nn.xyz cookie-law-enforcement-oo.xyz
    cookie-law-enforcement-pp.xyz cookie-law-enforcement-qq.xyz cookie-law-enforcement-rr.xyz
    cookie-law-enforcement-ss.xyz cookie-law-enforcement-tt.xyz cookie-law-enforcement-uu.xyz
    cookie-law-enforcement-vv.xyz cookie-law-enforcement-ww.xyz cookie-law-enforcement-xx.xyz
    cookie-law-enforcement-yy.xyz cookie-law-enforcement-zz.xyz copyrightclaims.org copyrightinstitute.org
    eu-cookie-law-enforcement2.xyz law-check-two.xyz law-enforcement-bot-ff.xyz law-enforcement-check-three.xyz
    law-enforcement-ee.xyz law-six.xyz`,
  /** Are called almost as others are. */
  impostors: `
    acunetix-referrer.com amp-project.pro anydesk.site bo-vtb24.ru bonus-spasibo-sberbank.ru bonus-vtb.ru
    business-online-sberbank.ru chinese-amezon.com google-liar.ru googlemare.com googlsucks.com hulfingtonpost.com
    humanorightswatch.org ib-homecredit.ru ib-rencredit.ru ilikevitaly.com iloveitaly.ro iloveitaly.ru ilovevitaly.co
    ilovevitaly.com ilovevitaly.info ilovevitaly.org ilovevitaly.ru ilovevitaly.xyz kabinet-5ka.ru kabinet-alfaclick.ru
    kabinet-binbank.ru kabinet-card-5ka.ru kabinet-click-alfabank.ru kabinet-esia-gosuslugi.ru kabinet-faberlic.ru
    kabinet-gosuslugi.ru kabinet-ipoteka-domclick.ru kabinet-karta-5ka.ru kabinet-lk-megafon.ru kabinet-lk-rt.ru
    kabinet-login-mts.ru kabinet-mil.ru kabinet-mos.ru kabinet-my-beeline.ru kabinet-my-pochtabank.ru kabinet-nalog.ru
    kabinet-online-bm.ru kabinet-online-open.ru kabinet-online-rsb.ru kabinet-online-rshb.ru kabinet-online-sberbank.ru
    kabinet-online-sovcombank.ru kabinet-online-vtb.ru kabinet-pfr.ru kabinet-pfrf.ru kabinet-platon.ru kabinet-qiwi.ru
    kabinet-tele2.ru kabinet-tinkoff.ru kabinet-tricolor.ru kabinet-ttk.ru kabinet-vtb24.ru livejournal.top
    lk-gosuslugi.ru lk-lk-rt.ru login-tinkoff.ru o-o-11-o-o.com o-o-6-o-o.com o-o-6-o-o.ru o-o-8-o-o.com o-o-8-o-o.ru
    online-binbank.ru online-raiffeisen.ru online-sbank.ru online-vtb.ru pfrf-kabinet.ru pornhub-forum.ga
    pornhub-ru.com rapidgator-porn.ga ru-lk-rt.ru ru-online-sberbank.ru squarespace.top stylecaster.top theguardlan.com
    www-lk-rt.ru xxxhamster.me youporn-forum.ga youporn-ru.com`,
  /** Offer games of chance, drugs and stolen cards. */
  goods: `
    1x-slot.site 1x-slots.site 1xbet-entry.ru 1xbetcc.com 1xbetonlines1.ru 1xslot-casino.online 1xslot-casino.ru
    1xslot-casino.site 1xslot.site 1xslots-africa.site 1xslots-brasil.site 1xslots-casino.site 1xslots.africa
    1xslots.site 7makemoneyonline.com buy-cheap-pills-order-online.com buy-meds24.com buypillsonline24h.com
    cannazon-market.org cardsdumps.com casino-top3.fun casino-top3.online casino-top3.ru casino-top3.site
    casino-top3.space casino-top3.website casino-v.site casino-vulkane.com casino-x-now.ru casino-x.host
    cazino-v.online cazino-v.ru ccfullzshop.com cheappills24h.com darknet-hydra-onion.biz drugs-no-rx.info
    dumpsccshop.com empire-market.xyz empiremarket-link.org empiremarketlink24.com fullzdumps.cc getrichquick.ml
    getrichquickly.info gk-casino.fun gk-casino.online gk-casino.ru gk-casino.site gk-casino.space gk-casino.website
    hydra-2019.ru hydra-2020.online hydra-2020.ru hydra-onion-faq.com hydra-vhod2020.com hydra-zerkalo20.com
    hydra2020gate.com hydra2020market.com hydra2020onion.com hydra2020zerkala.com hydra2020zerkalo.com
    hydraonion2019.net hydrarusmarket.com hydraruz-2020.com hydraruzonion2020.com hydraruzxpnew4aff.ru
    hydraruzxpwnew4afonion.com hydrazerkalo2019.net hydrazerkalo2020.com live-xbet.com meds-online24.com
    obzor-casino-x.online obzor-casino-x.ru pills24h.com pinupcasinos.ru pinupcasinos1.ru purchasepillsnorx.com
    royal-casinos.online royal-casinos.ru royal-cazino.online royal-cazino.ru shanscasino1.ru shopsellcardsdumps.com
    superslots-casino.online superslots-casino.site superslots-cazino.online superslots-cazino.site
    superslotz-casino.site superslotz-cazino.site v-casino.fun v-casino.host v-casino.ru v-casino.site
    v-casino.website v-casino.xyz v-cazino.online v-cazino.ru valid-cc.com validccseller.com vardenafil20.com
    vavada-casino.host vavada-casino.top vavada-cazino.host vavada-cazino.site viagra-soft.ru vulkan-nadengi.ru
    vulkan-oficial.com vulkanrussia1.ru`,
} as const;
