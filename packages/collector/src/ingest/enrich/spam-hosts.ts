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
    100dollars-seo.com 4webmasters.org adrenalinebot.net adrenalinebot.ru ai-seo-services.com alfabot.xyz
    anticrawler.org autoseotips.com best-ping-service-usa.blue blackhatworth.com boostmyppc.com certifywebsite.win
    dailyrank.net darodar.com dev-seo.blog econom.co event-tracking.com fast-wordpress-start.com fix-website-errors.com
    gammatraffic.com get-clickize.info getfy-click.info getpy-click.info ghostvisitor.com
    growth-hackingan.info growth-hackingor.info growth-hackingy.info hosting-tracker.com howtostopreferralspam.eu
    keywords-monitoring-success.com keywords-monitoring-your-success.com landoftracking.com monetizationking.net
    money-for-placing-articles.com own-ahrefs.com promotion-for99.com rankings-analytics.com ranksonic.info
    ranksonic.net ranksonic.org search-error.com semalt.com semalt.net semaltmedia.com seo-platform.com
    seo-services-b2b.com seo-services-wordpress.com seoanalyses.com seocheckupx.com seocheckupx.net seoexperimenty.ru
    seojokes.net seopub.net seoriseome.netlify.app seoservices2018.com site-auditor.online sitesadd.com
    slow-website.xyz speedup-my.site tgtclick.com topseoservices.co track-rankings.online uptime-as.net uptime-eu.net
    uptime-us.net videos-for-your-business.com wakeupseoconsultant.com we-ping-for-youic.info web-revenue.xyz
    webmonetizer.net website-analyzer.info websites-reviews.com wmasterlead.com your-good-links.com
    yourserverisdown.com`,
  /** Offer buttons to share and tools to download. */
  buttons: `
    baixar-musicas-gratis.com dbutton.net descargar-musica-gratis.net fbdownloader.com free-video-tool.com
    kambasoft.com savetubevideo.com savetubevideo.info sharebutton.io sharebutton.net sharebutton.to social-buttons.com`,
  /** Threaten with the law. */
  threats: `
    copyrightclaims.org copyrightinstitute.org law-six.xyz`,
  /** Are called almost as others are. */
  impostors: `
    acunetix-referrer.com amp-project.pro anydesk.site bo-vtb24.ru chinese-amezon.com google-liar.ru googlemare.com
    googlsucks.com hulfingtonpost.com humanorightswatch.org ib-homecredit.ru ib-rencredit.ru ilikevitaly.com
    iloveitaly.ro iloveitaly.ru ilovevitaly.co ilovevitaly.com ilovevitaly.info ilovevitaly.org ilovevitaly.ru
    ilovevitaly.xyz livejournal.top lk-gosuslugi.ru lk-lk-rt.ru login-tinkoff.ru o-o-11-o-o.com o-o-6-o-o.com
    o-o-6-o-o.ru o-o-8-o-o.com o-o-8-o-o.ru pfrf-kabinet.ru ru-lk-rt.ru ru-online-sberbank.ru squarespace.top
    stylecaster.top theguardlan.com www-lk-rt.ru`,
  /** Offer games of chance, drugs and stolen cards. */
  goods: `
    1xslot.site azartclub.org bet2much.ru betslive.ru cannazon-market.org carder.me carder.tv carders.ug chatrazvrat.ru
    chatroulette.life crypto-bear.com crypto-bears.com darknet.sb dojki-devki.ru dojki-hd.com empire-market.xyz
    empiremarket-link.org empiremarketlink24.com erofus.online eropho.com eropho.net erot.co erotag.com
    escort-russian.com gamblingpp.ru getaadsincome.info getadsincomely.info golyedevushki.com havepussy.com
    headpharmacy.com jav-fetish.com jav-fetish.site jav-idol.com javcoast.com ligastavok-in.ru lowpricesiterx.com
    luxurybet.ru meds-online24.com miaxxx.com sssexxx.net money7777.info moneytop.ru moneyzzz.ru natali-forex.com onionhydra.net
    onionshydra.com oohlivecams.com pinupp1.com rufreechats.com runetki-online.net ruscams-com.ru sexreliz.com
    sexreliz.net sexsaoy.com sexuria.net sexyali.com slotron.com stuffhydra.com sundrugstore.com top-kasyna.com
    trex-casino.com videochat.guru videochat.world`,
} as const;
