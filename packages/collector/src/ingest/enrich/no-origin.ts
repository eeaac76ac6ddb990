import { isWithin } from '../../lib/domain-lookup.ts';

/**
 * Hosts that people come back from, not from which they come: where they paid or signed in. Each stands for all below it.
 * What companies of this kind have on hosts of its own that people do come from, such as `stripe.com`, is not here.
 */
const HOSTS = {
  payment: `
    checkout.stripe.com buy.stripe.com hooks.stripe.com pay.stripe.com billing.stripe.com invoice.stripe.com js.stripe.com
    m.stripe.network stripecdn.com paypal.com paypalobjects.com paypal.me braintreegateway.com braintree-api.com
    venmo.com klarna.com klarnacdn.net klarnapayments.com sofort.com adyen.com adyenpayments.com mollie.com checkout.com
    squareup.com square.link cash.app afterpay.com afterpay-beta.com clearpay.co.uk affirm.com sezzle.com zip.co
    quadpay.com splitit.com scalapay.com getalma.eu oney.io oney.fr cofidis.fr pledg.co ratepay.com billie.io
    riverty.com afterpay.nl in3.nl billink.nl amazonpay.com payments.amazon.com payments.amazon.de
    worldpay.com worldpay.us sagepay.com opayo.co.uk elavon.com elavonpaymentgateway.com globalpay.com
    globalpaymentsinc.com realexpayments.com authorize.net cybersource.com firstdata.com payeezy.com bluesnap.com 2checkout.com
    2co.com verifone.cloud paddle.com lemonsqueezy.com fastspring.com onfastspring.com chargebee.com recurly.com chargify.com
    gocardless.com trustly.com trustly.net tink.com truelayer.com volt.io bluecode.com twint.ch postfinance.ch datatrans.com
    saferpay.com payrexx.com wallee.com six-payment-services.com wirecard.com computop-paygate.com paygate.net payone.com
    pay1.de secupay.com heidelpay.com unzer.com novalnet.de giropay.de paydirekt.de wero-wallet.eu eps-ueberweisung.at
    stuzza.at ideal.nl pay.nl buckaroo.nl multisafepay.com icepay.com ogone.com ingenico.com worldline-solutions.com
    bancontact.com payconiq.com hipay.com hipay-tpp.com lyra.com payzen.eu systempay.fr sogecommerce.com monetico-services.com
    paybox.com payplug.com paylib.fr lydia-app.com redsys.es bizum.es nexi.it xpay.nexigroup.com satispay.com gestpay.net easypay.pt
    mbway.pt sibs.pt dibspayment.eu dibs.dk nets.eu netaxept.no epay.dk quickpay.net mobilepay.dk vipps.no swish.nu
    bambora.com checkoutfinland.fi paytrail.com payu.com payu.in payu.pl przelewy24.pl blik.com tpay.com dotpay.pl comgate.cz
    gopay.com gopay.cz payu.cz barion.com simplepay.hu netopia-payments.com mobilpay.ro euplatesc.ro iyzipay.com iyzico.com
    paytr.com param.com.tr yoomoney.ru yookassa.ru robokassa.ru cloudpayments.ru liqpay.ua wayforpay.com
    fondy.eu razorpay.com ccavenue.com paytm.com phonepe.com billdesk.com cashfree.com instamojo.com easebuzz.in
    mercadopago.com mercadopago.com.br mercadopago.com.ar mercadopago.com.mx pagseguro.uol.com.br pagseguro.com.br ebanx.com
    pagar.me conekta.com openpay.mx kushkipagos.com transbank.cl webpay.cl flow.cl payulatam.com wompi.co placetopay.com
    alipay.com wx.tenpay.com tenpay.com unionpay.com 95516.com paypay.ne.jp gmo-pg.com sbpayment.jp komoju.com
    inicis.com kcp.co.kr tosspayments.com kakaopay.com midtrans.com xendit.co omise.co 2c2p.com ipay88.com eghl.com
    vnpayment.vn momo.vn payfast.co.za peachpayments.com yoco.com paystack.com flutterwave.com pesapal.com payfort.com
    tap.company paytabs.com myfatoorah.com moyasar.com tabby.ai tamara.co eway.com.au windcave.com paymentexpress.com
    securepay.com.au moneris.com helcim.com bitpay.com coinbase-commerce.com commerce.coinbase.com coingate.com btcpay.net
    skrill.com neteller.com paysafecard.com paysafe.com shop.app shopifycs.com`,
  /** Banks ask here whether it is the owner who pays with a card. */
  threeDomainSecure: `
    3dsecure.io 3dsecure.no arcot.com acs.revolut.com acs.touchtechpayments.com acs.sia.eu acs.netcetera-payment.ch cardinalcommerce.com cardinaltrusted.com rsa3dsauth.com
    3dsecure-cardprocess.de modirum.com wlp-acs.com securesuite.net securecode.com
    verifiedbyvisa.com 3dsauth.com apata.io entersekt.com gpayments.net`,
  signIn: `
    accounts.google.com accounts.google.de accounts.youtube.com myaccount.google.com login.microsoftonline.com
    login.microsoftonline.us login.microsoft.com login.live.com login.windows.net b2clogin.com ciamlogin.com
    account.live.com mysignins.microsoft.com appleid.apple.com idmsa.apple.com account.apple.com
    okta.com oktapreview.com okta-emea.com okta-gov.com auth0.com auth0app.com onelogin.com pingone.com pingone.eu
    pingidentity.com amazoncognito.com awsapps.com signin.aws.amazon.com accounts.dev stytch.com workos.com
    authkit.app descope.com fusionauth.io frontegg.com kinde.com logto.app zitadel.cloud jumpcloud.com duosecurity.com
    cloudflareaccess.com secureauth.com forgerock.io gigya.com login.gov id.me login.yahoo.com login.aol.com
    login.salesforce.com login.wordpress.org id.atlassian.com id.twitch.tv id.vk.com oauth.vk.com passport.yandex.ru
    passport.yandex.com oauth.yandex.ru esia.gosuslugi.ru sber.id nid.naver.com open.weixin.qq.com graph.qq.com
    access.line.me login.yahoo.co.jp franceconnect.gouv.fr digid.nl itsme.be itsme-id.com id.bund.de bundid.de
    verimi.de netid.de idaustria.gv.at id-austria.gv.at swissid.ch bankid.com bankid.no mitid.dk nemlog-in.dk tunnistus.suomi.fi
    smart-id.com spid.gov.it clave.gob.es autenticacao.gov.pt eherkenning.nl singpass.gov.sg mygovid.gov.au
    openathens.net eduid.se wayf.dk`,
};

const NO_ORIGINS: ReadonlySet<string> = new Set(Object.values(HOSTS).flatMap((hosts) => hosts.trim().split(/\s+/)));

/** First labels by which hosts say the same of themselves, where there is a domain of someone's behind them. */
const LABEL =
  /^(?:(?:log-?[io]n|sign-?[io]n|sso|o?auth2?|authentication|idp|identity|adfs|cas|shibboleth|accounts?|checkout|pay|e?payments?|paiement|paypage)\d*|(?:3d-?s|3dsecure)\d*(?:-[\w-]+)?|acs(?:\d+|-[\w-]+))\.(?!com?\.[a-z]{2}$)[^.]+\./;

/**
 * True for a host where people pay or sign in on their way: who comes back from there came from elsewhere.
 * @param host in small letters
 * @example isNoOrigin('checkout.stripe.com') === true
 */
export const isNoOrigin = (host: string): boolean => LABEL.test(host) || isWithin(host, NO_ORIGINS);
