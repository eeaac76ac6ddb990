import { describe, expect, it, test } from 'vitest';
import { sourceOfHost } from './source.ts';
import { SOURCE_KINDS, SOURCES } from './sources.ts';
import { isSpam } from './spam.ts';
import { SPAM_HOSTS } from './spam-hosts.ts';
import { saysSo } from './spam-names.ts';

const hosts = Object.values(SPAM_HOSTS).flatMap((list) => list.trim().split(/\s+/));

/** Hosts that people do come from, with words in their names that spammers use, and others. */
const HONEST = `
  mixxx.org
  1winery.com abc.net.au abc.xyz accuranker.com addtoany.com adevarul.ro aftonbladet.se ahrefs.com airtraffic.eu
  alarabiya.net aleydasolis.com alfabank.ru alfabet.info alphabet.com alphabet.info alphabet.xyz alpine.top
  altesexperiment.de amazon-forest.org antipornography.org antitraffickingresponse.org arsexhibition.com
  arstechnica.com artsexplore.ca asahi.com asexuality.org auto-seat.de autoseoul.com autotraffic.de babypips.com
  backlinko.com bakery.online bangkokpost.com bayerninfo.de bbc.co.uk berlin.info best-western.com bestseoul.kr
  bet.com betacode.site betas.info bethelchurch.org betonshop.shop betonwerk.info betterhelp.com betterplace.org
  betty.com bisexual.org bitcoin.org bitcointalk.org blog.google blog.site book.club bookingslots.nhs.uk botify.com
  boysexcel.org bridalescort.co.uk brightlocal.com brot.shop businessexpo.com buttons.com buttonsandbows.co.uk
  buyseo.uk cabinporn.com camsexamined.org carsexport.nl casino-basel.ch casino-bern.ch casino-duisburg.de
  casino-eintracht.de casino-luxembourg.lu casino-saint-laurent.fr casino-supermarches.fr casino.org casinoarts.org.au
  casinobaden.ch casinobarriere.com casinobern.ch casinodemontreal.com casinodeparis.fr casinodrive.fr
  casinoestoril.pt casinogenealogie.fr casinohistory.org casinokoksijde.be casinokursaal.com casinomuseum.de
  casinoroyale-film.com casinos.at casinosaustria.com casinosbarriere.com casinotheater.at casinotheater.ch cbc.ca
  chatgirl.ai chess.club chosun.com cialis.com clarin.com clearscope.io coinmarketcap.com coliseo.com
  commercialista.it compliance-manager.de compliance-netzwerk.de compliance.com complianceweek.com concert.live
  contentking.com cookie-law.eu cookiebot.com cookielaw.org corriere.it crowncasino.com.au crypto.com
  cryptocompare.com cryptomuseum.com cryptopals.com cryptoslate.com css-tricks.com dailyforex.com dansexpert.nl
  datasexperts.com dating.com datingadvice.com datingapp-review.com dawn.com developer.mozilla.org diabetes.org
  diabetesselfcare.online docmorris.de dogsexpert.co.uk dr.dk earthporn.com eastsussex.gov.uk elisabet.ru
  elisabethspital.at elpais.com elpaseo.com eltiempo.com eluniversal.com.mx emol.com english.seoul.go.kr
  escort-radar.com escortradar.com escortsvalley.org essex.ac.uk essex.gov.uk essex.info essexcountycouncil.gov.uk
  essexlive.news event-tracking.org experts-exchange.com expertsexchange.com exxxpress.at fan.club fightthenewdrug.org
  filsexpo.com foodporn.de fordescort.org.uk fordescortownersclub.co.uk forex.com forex.pl forex.se forexbank.se
  forexclub.ru forexfactory.com forexlive.com forexpeacearmy.com frase.io free-range.org freesexfair.org
  freetrafficsigns.org freevisitorsmap.org fxcm.com fxstreet.com gazeta.ru geantcasino.fr getseated.com
  gettraffictickets.org getvisitorsinsights.com girlsexploring.com github.io globo.com golem.de golf.club gosuslugi.ru
  groupe-casino.fr growthhackers.com growthhacking.fr guitar.shop haaretz.co.il habr.com hackernews.com heise.de
  herokuapp.com hktraffic.gov.hk hollandcasino.nl homosexuelle-selbsthilfe.de hot-traffic-jam.de hotel.info hs.fi
  hubspot.com humantraffickinghotline.org hurriyet.com.tr hydra-theater.at hydra.cc hydra.family hydrabadnews.in
  hydralux.de hydramist.co.uk hydranautics.com hydrant.com hydraproject.org hydration.com hydraulic.com idnes.cz
  index.hu info.zendesk.com inquirer.net interaktadvocates.org intersexinitiative.org investing.com jackpot.de
  kabinet-dentistry.com.ua kabinet-doktora.cz kabinet.info kabinett-online.de kabinett.org kathimerini.gr klima.info
  kommersant.ru kompas.com kuketz-blog.de kursaalcasino.de lavavulkan.is law-enforcement-museum.org lawcheck.de
  lawenforcement.gov lawgazette.co.uk learningseo.io lemonde.fr lenta.ru livesexactly.org livetraffic.com lk-goslar.de
  lk-harburg.de lk-row.de lk-stade.de lk-wittmund.de local-seoul.kr local.ch localseoguide.com lumar.io majestic.com
  mangools.com marinetraffic.com meds.com medsafe.govt.nz medscape.com medsurge.org mein.shop middlesex.ac.uk
  middlesex.mass.edu middlesexcounty.nj.gov militaryescort.org mining.info money.com moneycontrol.com moneyhub.com
  moneymakers.com moneyonline.bank moneysavingexpert.com moneyweek.com montecarlocasino.com mos.ru
  motorcycleescort.com moz.com museodelprado.es museoegizio.it museofridakahlo.org.mx
  museonazionaleromano.beniculturali.it museoreinasofia.es museosoumaya.org museothyssen.org museum.website
  museumvisitors.org my.space myfxbook.com nationalpokerassociation.org nationaltraffic.nl neilpatel.com netlify.app
  netzpolitik.org news.live newsexplorer.net nleomf.org nos.nl nrk.no nswp.org nyctmc.org nytimes.com
  offizierscasino.de oncrawl.com onet.pl online-banking.sparkasse.de online-vtb.example onlinebank.ru onlinedating.org
  onlinepharmacy.gov.uk organictrafficlab.de ory-hydra.dev ozon.ru pages.dev pansexualpride.org.uk parkingslots.de
  petsexpert.de pharmaceutical-journal.com pharmacychecker.com pharmacytimes.com pharmatimes.com pillsbury.com
  pillsburylaw.com pillsolver.com pinbackbuttons.de pinup.com pinupgirlclothing.com planningpoker.com
  planningpokeronline.com poesie.info pokernews.com pokerstars.com pokerstrategy.com pokertracker.com
  polarisproject.org pornaddictionhelp.org pornhelp.org pornhub.com rank-check.com rankcheck.de rankmath.com
  ranktracker.com rankwatch.com rbc.ru realtraffic.com redtube.com ria.ru roof.top royalcasino.dk russia.ru ryte.com
  sberbank.ru schule.info scmp.com screamingfrog.co.uk scrumpoker-online.org searchenginejournal.com
  searchengineland.com searchengines.guru semrush.com seo-kueche.de seo-nerd.com seo-suedwest.de seo-summary.de
  seo-united.de seo.com seobility.net seoclarity.net seocrawl.com seodity.com seohacker.com seokratie.de seolium.com
  seolyze.com seomonitor.com seomoz.org seonews.ru seopress.org seopressor.com seoptimer.com seoreviewtools.com
  seoroundtable.com seoscout.com seosherpa.com seotesting.com seotrafficlights.co.uk seoul.co.kr seoul.go.kr
  seoulbeats.com seoulmetro.co.kr seoulnational.ac.kr seoulsolution.kr seranking.com seroundtable.com serpstat.com
  sexaddictsanonymous.org sexandthecity.com sexandu.ca sexau.de sexed.org sexedlibrary.org sexeducationforum.org.uk
  sexeys.somerset.sch.uk sexeysschool.com sexology-institute.it sexology.org sexpistolsofficial.com sextant.io
  sextantgroup.com sexten.it sexton.org sexual-medicine.org sexualhealth.bayer.com sexualhealthscotland.co.uk
  sexwise.org.uk sexworkersproject.org sexworkeurope.org sexysadie.com sharethis.com shariff.org shipornot.com
  shop-apotheke.com shopper.ru sildenafilstudy.org similarweb.com simplesharebuttons.com sistrix.de ski.club
  slotcar.net slotracing.de slots.org smarttraffic.com.tr smashingmagazine.com sme.sk smh.com.au social-buttons.org
  social-widget.com socialisme.nu socialist.net socialistparty.ie socialistworker.co.uk socialtrafficlaw.org spb.ru
  specialised.com specialist.co.uk specialista.info specialistit.nl spiegel.de spielbank-berlin.de spillsafe.co.uk
  sportsexperts.ca stadt.info stadtcasino-baden.ch stadtcasino.ch startup.club stopporn.it stopthetraffik.org
  straitstimes.com stuff.co.nz success.com superbowlxxxix.com superseat.de surferseo.com sussex.ac.uk sussex.info
  sussexcountyde.gov sussexexpress.co.uk technicalseo.com tennis.club thamesos.com the.space theporndude.com
  theverge.com thornornament.com tibet.info tibet.net tibet.ru timeslots.eu timeslots.online
  timesofindia.indiatimes.com tinkoff.ru tom.shop topseoulguide.com traffic-update.co.uk traffic.com
  traffic.houstontranstar.org traffic.org traffic.ottawa.ca trafficdesigns.co.uk trafficengland.com trafficjunky.com
  traffick.org trafficking.org trafficland.com trafficmaster.co.uk trafficnet.org trafficpaymaster.com
  trafficscotland.org trafficthinktank.com trafficwales.gov.uk trafikverket.se transexpress.ro trek.top tv.plus
  unisex-friseur.de unisexhairsalon.co.uk vapor.com vaporstore.de vavada.it vc.ru vercel.app verkehrsinfo.de
  vesseltraffic.nl viagra.com videochat.com videoseo.de videosexpert.com visitessex.com visitors.org
  visitorscoverage.com visitorsguide.is visitseoul.net vnexpress.net vrt.be vtb.ru vulkan-lib.org vulkan-tutorial.com
  vulkan-verlag.de vulkan.lunarg.com vulkan.org vulkaneifel.de vulkanland.at web.dev webanalytics.italia.it
  webanalyticsassociation.org website-check.de website-speed.com websiteanalytics.com webtraffic.ai
  webtrafficschool.com wegeninfo.be wessex.ac.uk wessex.info wessexwater.co.uk westsussex.gov.uk wetter.info
  whitespark.ca wildberries.ru winwin.se wired.com wordporn.com wordsexplained.org worldseriesofpoker.com wp.pl
  xhamster.com xnxx.com xvideos.com xxl.se xxlmag.com xxlsports.at xxxl.co.uk xxxlutz.at xxxlutz.ch xxxlutz.de
  yacht.club yle.fi yoast.com youporn.com zeit.de
  air-traffic.live airtraffic.site bike-traffic-watch.online buy-traffic-cones.com casinoteatro.club
  cheap-traffic-cones.co.uk coliseo.club comune.viagrande.ct.it deseo.online deseos.online essextraffic.site
  flighttraffic.live follow-the-fox.club followers-of-christ.org forexpo.top free-range-views.com
  free-traffic-school.com get-traffic-ticket-help.com get-visitors-guide.org hero-chat.com laseu.club
  likes-and-dislikes.club maseo.club museo-prado.online museo.shop paseo.live pornassio.im.it pornic.fr
  pornichet.fr pornova.cz rank-your-records.com roadtraffic.online roseo.fun seoane.life seonbi.club smm-school.org
  socialtraffic-museum.example talbottraffic.org traffic-jam.live traffic-light.shop trafficlights.club viagrande.it
  ville-pornic.fr views-from-above.com zero-chat.org`;

/** Made up, after what spammers call themselves. */
const SPAM = `
  10-best-seo.com 1win-casino.com 1xbet-mirror.com 1xbet77.com 50-best-seo.com adult-chat.online autoseo-services.net
  backlinks-cheap.com best-porno.xyz best-seo-tools.org best-traffic.site bestcasino.site bitcoin-bonus.top
  bottraffic5.com bottraffic77.xyz buttons-for-wordpress.com buy-backlinks.net buy-cialis-online.com
  buy-traffic-now.com buy-website-traffic.com buy-xanax-online.com casino-bonus.site casino-online.xyz casino-x777.com
  cheap-backlinks-seo.com cheap-seo.com cheap-viagra-online.biz cheap-viagra.net compliance-peter.xyz
  cookie-law-enforcement-z9.xyz cvvshop.ru earnmoneyfast.net easy-money.club escort-girls.xyz escort-moscow.ru
  forex-1.ru forex-profit.top forex-robot.xyz free-seo-tools.site free-share-buttons.example free-social-buttons.net
  free-traffic.online free-web-traffic.com freepornvids.net freexxx.site fullz.cc get-more-visitors.com
  get-rich-quick.net getwebsitetraffic.net hentaiworld.biz hot-sex-girls.com hydra-onion.link hydraruzxpnew.com
  kabinet-pochta.ru kamagra-shop.co.uk law-enforcement-bot-aa.xyz levitra-online.com make-money-online.biz
  melbet-zerkalo.net milf-cams.live milf-dating.site mostbet-uz.com mostbet777.com order-meds-online.com
  pokeronline.top porno-hub.ru pornotube24.net rank-checker.site royal-casino777.com seo-boost.com seo-boost.xyz seo-guru.top
  seotraffic.biz sexcam-live.com sextube24.com share-buttons.top slots-777.club traffic-bot.net vavada-777.com
  vavada-online.ru video.porn vulkan-24.com vulkan-casino.com win.casino xxx.live xxxtube.mobi
  backlinks4u.net boost-your-rankings.net buy-instagram-followers.com buy-likes-followers.shop cheapest-followers.net
  copyright-notice.site copyrightclaims-legal-notice.xyz dmca-notice-center.xyz first-page-google.online
  get-free-followers.net get-your-backlinks.store google-first-page.top guaranteed-google-rankings.site
  instagram-likes.top rank-your-site.com rank-your-website-first.site smm-panel.net smmpanel.com web-visitors.top
  website-ranking-boost.click`;

const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Endings under which a source that is known as `name.*` may stand. */
const ENDINGS = ['com', 'de', 'ru', 'co.uk', 'com.br'];

describe('isSpam', () => {
  test.each([
    ['semalt.com', true],
    ['www.semalt.com', true],
    ['46.semalt.semalt.com', true],
    ['semalt.com.', true],
    ['notsemalt.com', false],
    ['semalt.com.example', false],
    ['semalt', false],
    ['com', false],
    ['', false],
    ['.', false],
    ['xyz', false],
    [`${'a.'.repeat(120)}semalt.com`, true],
    // No host is so long, and to look all its ends up would take long.
    [`${'a.'.repeat(2000)}semalt.com`, false],
  ])('%s: %s', (host, spam) => {
    expect(isSpam(host)).toBe(spam);
  });
});

describe('the list of spammers', () => {
  it('has no source that is known', () => {
    const known = SOURCE_KINDS.flatMap((kind) => Object.values(SOURCES[kind]))
      .flatMap(wordsOf)
      .filter((mark) => mark.includes('.'))
      .map((mark) => mark.replace(/^[$=]/, ''))
      .flatMap((mark) => ENDINGS.map((ending) => mark.replace('*', ending)));
    expect(known.length).toBeGreaterThan(500);
    expect(known.filter(isSpam)).toEqual([]);
    expect(hosts.filter((host) => sourceOfHost(host) !== undefined)).toEqual([]);
  });

  it('has none of the hosts that the list it was chosen from has, and that people do come from', () => {
    const real = 'uptime.com marinetraffic.com kharkov.ua ucoz.ru adf.ly site5.com resellerclub.com drupa.com ifmo.ru';
    expect(real.split(' ').filter(isSpam)).toEqual([]);
  });

  it('has hosts in small letters, each once, and none below another', () => {
    expect(hosts.length).toBeGreaterThan(150);
    expect(hosts.filter((host) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host))).toEqual([]);
    expect(hosts.filter((host, at) => hosts.indexOf(host) !== at)).toEqual([]);
    expect(hosts.filter((host) => isSpam(host.slice(host.indexOf('.') + 1)))).toEqual([]);
  });

  it('has no host whose name says it', () => {
    expect(hosts.filter(saysSo)).toEqual([]);
  });
});

describe('the rules for names', () => {
  it('find spammers that nobody has listed', () => {
    expect(wordsOf(SPAM).length).toBeGreaterThan(80);
    expect(wordsOf(SPAM).filter((host) => !isSpam(host))).toEqual([]);
  });

  it('find them below other domains, and with a dot at the end', () => {
    expect(
      ['www.get-free-traffic.xyz', 'get-free-traffic.xyz.', 'casino-bonus.site.'].filter((host) => !isSpam(host)),
    ).toEqual([]);
  });

  it('leave honest hosts alone, and all below them', () => {
    const honest = wordsOf(HONEST);
    expect(honest.length).toBeGreaterThan(450);
    expect([...honest, ...honest.map((host) => `www.${host}`)].filter(isSpam)).toEqual([]);
  });
});
