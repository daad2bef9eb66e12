// Words by which people greet, ask, remind and sell in letters, and the small words between them.
// The profiles count what programs say to people; this is what people say to each other.
#include "text/language_profiles.h"

namespace weir::text {

// clang-format off
const LanguageWords kLanguageWords[] = {
    {"en", "the and you your for with this that have has had not are was were will would can could should our from about "
           "please thanks thank dear hello hi hey invoice payment order delivery meeting tomorrow today yesterday tonight "
           "free win won winner prize offer offers cheap buy sale now here there what when where how why who which "
           "account password confirm verify urgent reminder attached question questions best regards sincerely lunch "
           "dinner weekend happy birthday holiday see call me us them his her their its just only been being let know "
           "soon new job work home loan money bank card gift save off limited time last chance don't weight pills "
           "package shipped shipping receipt report notes minutes week month year congratulations welcome news update"},
    {"de", "der die das und ist nicht ein eine einen einem einer mit für von auf dem den des sie wir ich ihr ihre ihren "
           "ihrem unser unsere zu zum zur bei wird werden wurde haben hat sind sehr geehrte geehrter damen herren hallo "
           "liebe lieber rechnung mahnung bestellung lieferung zahlung konto kennwort passwort bitte danke vielen dank "
           "grüße freundlichen gewinn gewonnen kostenlos jetzt heute morgen gestern treffen besprechung termin anbei "
           "anhang einladung geburtstag glückwunsch urlaub wochenende angebot sparen rabatt günstig kredit ohne letzte "
           "wichtig dringend bestätigen kündigung versand paket sendung neue neuer neues was wann wie wo warum noch nur "
           "auch aber oder nach über ihnen uns mir dir dich mich kein keine schon gut woche monat jahr angebote"},
    {"fr", "le la les des du un une et est sont dans pour pas plus que qui vous nous votre vos notre nos je tu il elle "
           "avec sur au aux ce cette ces mon ma mes ton ta tes son sa ses bonjour bonsoir salut cher chère madame "
           "monsieur facture commande livraison colis paiement compte mot passe merci cordialement demain aujourd'hui "
           "hier réunion rendez pièce jointe veuillez trouver ci joint gagné gagnant gratuit gratuite offre "
           "promotion soldes prêt crédit urgent rappel important confirmer confirmation semaine mois année anniversaire "
           "joyeux vacances quand comment pourquoi où bientôt dernier dernière chance été avez êtes faire très bien sans "
           "relance devis abonnement remboursement impôts impayée suspendu mise jour nouveau nouvelle félicitations"},
    {"es", "el la los las un una unos unas y es son de del al en para por con sin que no sí su sus tu tus mi mis nuestro "
           "nuestra usted ustedes está están hay hola estimado estimada cliente señor señora factura pedido entrega "
           "envío pago cuenta contraseña gracias saludos mañana hoy ayer reunión adjunto adjunta adjuntamos ganado gratis "
           "oferta ofertas descuento préstamo crédito urgente aviso recordatorio importante confirmar confirmación semana "
           "mes año cumpleaños feliz vacaciones cuándo cómo dónde por qué pronto última oportunidad haga clic aquí "
           "más muy bien pero también ya desde hasta sobre nuevo nueva felicidades ha sido quieres puedes ganar dinero "
           "fin cena comida paquete vencida suspendida banco actualización"},
    {"pt", "o a os as um uma uns umas e é são de do da dos das em no na nos nas para por com sem que não sim seu sua seus "
           "suas meu minha nosso nossa você vocês está estão há olá oi caro prezado prezada cliente senhor senhora fatura "
           "pedido entrega envio encomenda pagamento conta senha obrigado obrigada atenciosamente amanhã hoje ontem "
           "reunião anexo segue ganhou ganhe grátis oferta ofertas desconto empréstimo crédito urgente aviso lembrete "
           "importante confirmar confirmação semana mês ano aniversário feliz férias quando como onde última chance "
           "clique aqui mais muito bem mas também já até sobre novo nova parabéns foi vencido boleto dinheiro promoção "
           "jantar almoço pacote suspensa atualização comprovante"},
    {"it", "il lo la i gli le un uno una e è sono di del della dello dei degli delle in nel nella per con senza che non "
           "si suo sua tuo tua mio mia nostro nostra lei voi noi hai ha ho ciao salve buongiorno gentile cliente egregio "
           "signore signora fattura ordine consegna spedizione pacco pagamento conto password grazie cordiali saluti "
           "domani oggi ieri riunione allegato allegata vinto gratis offerta offerte sconto prestito credito urgente "
           "avviso promemoria importante confermare conferma settimana mese anno compleanno buon auguri vacanze quando "
           "come dove perché ultima occasione clicca qui più molto bene ma anche già fino nuovo nuova "
           "congratulazioni stato stata scaduta soldi cena pranzo sospeso bonifico aggiornamento tuoi vuoi"},
    {"nl", "de het een en is zijn van voor met op aan bij niet geen dat die dit deze u uw je jouw jij wij we ons onze ik "
           "mijn hij zij te om naar uit over wordt worden heeft heb hebben geachte beste hallo hoi heer mevrouw klant "
           "factuur bestelling levering bezorging pakket betaling rekening wachtwoord bedankt dank groeten vriendelijke "
           "morgen vandaag gisteren vergadering afspraak bijlage gewonnen gratis aanbieding korting lening krediet "
           "dringend herinnering belangrijk bevestigen bevestiging week maand jaar verjaardag gefeliciteerd vakantie "
           "wanneer hoe waar waarom laatste kans klik hier meer zeer goed maar ook al nog nieuw nieuwe ontvangen betalen "
           "uitnodiging zending weekend eten zullen kunnen kan wil"},
    {"sv", "och att det är en ett den som på av för med till från inte har vi ni du jag din ditt dina er ert vår vårt han "
           "hon om men så hej bästa kära kund faktura beställning leverans paket betalning konto lösenord tack hälsningar "
           "vänliga imorgon idag igår möte möten bifogat bifogad vunnit gratis erbjudande rabatt lån kredit brådskande "
           "påminnelse viktigt viktig bekräfta bekräftelse vecka månad år födelsedag grattis semester när hur var varför "
           "sista chansen klicka här mer mycket bra också nu ny nytt nya inbjudan köp köpa billigt helg mat kan ska vill "
           "glöm din ditt kvitto räkning"},
    {"da", "og at det er en et den som på af for med til fra ikke har vi I du jeg din dit dine jeres vores vor han hun om "
           "men så hej kære kunde faktura bestilling ordre levering pakke betaling konto adgangskode tak hilsen venlig "
           "hilsner morgen idag dag går møde mødet vedhæftet vundet gratis tilbud rabat lån kredit haster påmindelse "
           "rykker vigtigt vigtig bekræft bekræftelse uge måned år fødselsdag tillykke ferie hvornår hvordan hvor hvorfor "
           "hvad sidste chance klik her mere meget godt også nu ny nyt nye invitation køb billig weekend mad kan skal vil "
           "blev blevet bliver noget nogle efter kvittering regning penge dig mig sig"},
    {"no", "og at det er en et den som på av for med til fra ikke har vi dere du jeg din ditt dine deres vår vårt han hun "
           "om men så hei kjære kunde faktura bestilling ordre levering pakke betaling konto passord takk hilsen vennlig "
           "mvh morgen idag dag går møte møtet vedlagt vedlegg vunnet gratis tilbud rabatt lån kreditt haster påminnelse "
           "purring viktig bekreft bekreftelse uke uken måned år bursdag gratulerer ferie når hvordan hvor hvorfor hva "
           "siste sjanse klikk her mer mye bra også nå ny nytt nye invitasjon kjøp billig helg helgen mat kan skal vil "
           "ble blitt blir noe noen etter kvittering regning penger deg meg seg"},
    {"fi", "ja on ei se että en hän me te he minä sinä olen olet ovat oli tämä joka mutta tai kuin myös nyt hei moi hyvä "
           "arvoisa asiakas lasku tilaus toimitus paketti maksu tili salasana kiitos terveisin ystävällisin huomenna "
           "tänään eilen kokous tapaaminen liitteenä liite voittanut voitit ilmainen ilmaiseksi tarjous alennus laina "
           "luotto kiireellinen muistutus tärkeä vahvista vahvistus viikko viikon kuukausi vuosi syntymäpäivää "
           "onnittelut onnea loma lomalla milloin miten missä miksi viimeinen mahdollisuus napsauta tästä tässä lisää "
           "erittäin hyvin uusi uudet kutsu osta halvalla viikonloppu ruokaa kanssa sinun teidän meidän"},
    {"pl", "i w z na do nie się to jest są że o od po za dla czy jak co ten ta twój twoja twoje pan pani pana państwa nasz "
           "nasza mój moja dzień dobry cześć witam szanowny szanowna szanowni państwo klient kliencie faktura zamówienie "
           "dostawa przesyłka paczka płatność konto hasło dziękuję dziękujemy pozdrawiam jutro dziś dzisiaj wczoraj "
           "spotkanie załącznik załączniku załączeniu wygrałeś wygrana darmowy darmowa oferta promocja rabat kredyt "
           "pożyczka pilne przypomnienie ważne potwierdź potwierdzenie tydzień miesiąc rok urodziny urodzin "
           "gratulacje wakacje kiedy gdzie dlaczego ostatnia szansa kliknij tutaj tu więcej bardzo dobrze ale też już "
           "jeszcze nowy nowa nowe zaproszenie kup tanio za darmo pieniądze zaległa"},
    {"cs", "a v na je se že s z do to ve pro jako si po od za jsou by co jak tak nebo ale už jen váš vaše vaší vám vás "
           "náš naše můj moje dobrý den ahoj vážený vážená zákazníku zákazník pane paní faktura objednávka dodání zásilka "
           "balík platba účet heslo děkuji děkujeme pozdravem zítra dnes včera schůzka příloha příloze vyhrál vyhráli "
           "zdarma nabídka sleva půjčka úvěr naléhavé upomínka důležité potvrďte potvrzení týden měsíc rok narozeniny "
           "narozeninám gratulujeme dovolená kdy kde proč poslední šance klikněte zde více velmi dobře také nový "
           "nová nové pozvánka kupte levně peníze jsem jsme není byl byla bude ještě"},
    {"sk", "a v na je sa že s z do to vo pre ako si po od za sú by čo ak tak alebo ale už len váš vaša vaše vám vás náš "
           "naša naše môj moja dobrý deň ahoj vážený vážená zákazník pane pani faktúra objednávka dodanie zásielka balík "
           "platba účet heslo ďakujem ďakujeme pozdravom zajtra dnes včera stretnutie príloha prílohe vyhral vyhrali "
           "zadarmo zľava pôžička úver súrne upomienka dôležité potvrďte potvrdenie týždeň mesiac rok narodeniny "
           "narodeninám gratulujeme dovolenka kedy kde prečo posledná šanca kliknite tu viac veľmi dobre tiež nový nová "
           "nové pozvánka kúpte lacno peniaze som sme nie bol bola bude ešte"},
    {"hu", "a az és hogy nem is egy van volt de ha csak már meg mint ez azt vagy még ön önnek önt mi én te ő tisztelt "
           "kedves szia helló üdvözlöm ügyfelünk hölgyem uram számla rendelés szállítás csomag fizetés fiók jelszó "
           "köszönöm köszönjük üdvözlettel holnap ma tegnap találkozó megbeszélés melléklet mellékelten csatolt nyert "
           "nyertes ingyen ingyenes ajánlat akció kedvezmény kölcsön hitel sürgős emlékeztető fontos erősítse "
           "megerősítés hét hónap év születésnap boldog gratulálunk szabadság mikor hogyan hol miért utolsó "
           "esély kattintson ide több nagyon jó új meghívó vegyen olcsón hétvége ebéd pénz lesz kell"},
    {"ro", "și si în in la de cu pe din este sunt nu un o al ale ai a fi pentru care mai că să sa ce vă va dumneavoastră "
           "noastră nostru tău ta meu mea bună ziua salut stimate stimată stimați client factura factură comandă comanda "
           "livrare livrarea colet coletul plată plata cont contul parola parolă mulțumesc mulțumim stimă mâine azi "
           "astăzi ieri întâlnire ședință atașat atașament câștigat gratuit gratis ofertă oferta reducere reduceri "
           "împrumut credit urgent memento important confirmați confirmare săptămâna săptămână lună an zi naștere la "
           "mulți ani felicitări concediu când cum unde ultima șansă click aici mult foarte bine dar și deja până "
           "nou nouă noi invitație cumpără ieftin bani"},
    {"tr", "ve bir bu da de için ile mi mı ne çok daha olarak var yok gibi kadar ama en siz sizin size biz bizim ben "
           "benim sen senin sayın değerli merhaba selam müşterimiz müşteri fatura faturanız sipariş siparişiniz teslimat "
           "kargo kargonuz ödeme hesap hesabınız şifre şifreniz teşekkürler teşekkür ederim ederiz saygılarımla yarın "
           "bugün dün toplantı toplantısı ekte ek kazandınız ücretsiz bedava teklif kampanya indirim kredi borç acil "
           "hatırlatma önemli onaylayın onay hafta ay yıl doğum günün günü kutlu olsun tebrikler tatil zaman nasıl "
           "nerede neden son fırsat tıklayın buraya fazla iyi yeni davet hemen ucuz para akşam yemeği"},
    {"vi", "và của là có cho không được các một những người này trong với đã khi để về tôi bạn anh chị em quý khách công "
           "ty kính gửi xin chào thông báo hóa đơn đơn hàng giao thanh toán tài khoản mật khẩu cảm ơn trân trọng ngày "
           "mai hôm nay qua cuộc họp đính kèm trúng thưởng miễn phí khuyến mãi giảm giá vay tín dụng khẩn nhắc nhở quan "
           "trọng xác nhận tuần tháng năm sinh nhật chúc mừng nghỉ lễ khi nào thế đâu tại sao cơ hội cuối cùng nhấn vào "
           "đây thêm rất tốt nhưng cũng mới mời mua rẻ tiền cuối "
           "khach hang thong bao hoa don don hang thanh toan tai khoan mat khau cam on quy cong ty kinh gui xin chao mien "
           "phi khuyen mai giam gia duoc khong nguoi nhung trong dich vu ngan hang tin dung chuc mung trung thuong "
           "vui long lien quan ngay"},
    {"id", "yang dan di ke dari untuk dengan ini itu tidak ada pada adalah anda kami kita saya kamu akan sudah telah bisa "
           "dapat atau juga oleh dalam karena bapak ibu yth salam halo hai selamat pagi siang malam pelanggan terhormat "
           "tagihan faktur pesanan pengiriman paket pembayaran rekening akun sandi terima kasih hormat besok hari "
           "kemarin rapat pertemuan lampiran terlampir menang pemenang hadiah gratis penawaran promo diskon pinjaman "
           "kredit penting segera pengingat konfirmasi minggu bulan tahun ulang liburan kapan bagaimana dimana mengapa "
           "terakhir kesempatan klik sini lebih sangat baik tapi baru undangan beli murah uang mau makan ya nggak"},
    {"ms", "anda kami yang dan di untuk dengan ini itu tidak ada adalah saya awak akan telah boleh atau juga oleh kerana "
           "encik puan tuan salam hai selamat pagi pelanggan dihormati invois bil pesanan penghantaran bungkusan "
           "pembayaran bayaran akaun kata laluan terima kasih esok hari semalam mesyuarat lampiran percuma tawaran "
           "diskaun pinjaman segera peringatan sila pengesahan minggu bulan tahun cuti bila bagaimana mengapa peluang "
           "terakhir klik baharu jemputan beli murah wang hendak"},
    {"ca", "el la els les un una i és són de del dels al als en per amb sense que no sí el seu la seva nostre nostra "
           "vostre vostra vostè està hi ha hola benvolgut benvolguda client senyor senyora factura comanda lliurament "
           "enviament paquet pagament compte contrasenya gràcies salutacions demà avui ahir reunió adjunt adjunta "
           "adjuntem guanyat gratis oferta descompte préstec crèdit urgent avís recordatori important confirmar "
           "setmana mes any aniversari feliç vacances quan com on per què última oportunitat feu clic aquí més molt "
           "bé però també ja fins nou nova felicitats ens dels amb aquest aquesta"},
    {"gl", "o a os as un unha e é son de do da dos das en no na para por con sen que non si seu súa noso nosa vostede "
           "está hai ola estimado cliente factura pedido entrega paquete pago conta contrasinal grazas saúdos mañá hoxe "
           "onte reunión adxunto gañou gratis oferta desconto urxente aviso importante confirmar semana mes ano "
           "aniversario vacacións cando como onde última oportunidade aquí máis moi ben pero tamén xa novo nova"},
    {"hr", "i u na je se da za s od do su ne to što kako koji koja ili ali već samo vaš vaša vaše vam vas naš naša moj "
           "moja dobar dan bok pozdrav poštovani poštovana kupče gospodine gospođo račun narudžba dostava pošiljka paket "
           "plaćanje lozinka hvala lijep srdačan sutra danas jučer sastanak privitak privitku prilogu osvojili besplatno "
           "ponuda popust zajam kredit hitno podsjetnik važno potvrdite potvrda tjedan mjesec godina rođendan čestitamo "
           "odmor kada gdje zašto posljednja prilika kliknite ovdje više vrlo dobro također novi nova novo poziv kupite "
           "jeftino novac sretan"},
    {"sl", "in v na je se da za z s od do so ne to kaj kako ki ali že samo vaš vaša vaše vam vas naš naša moj moja dober "
           "dan zdravo pozdravljeni spoštovani spoštovana stranka gospod gospa račun naročilo dostava pošiljka paket "
           "plačilo geslo hvala lep pozdrav jutri danes včeraj sestanek priloga prilogi osvojili brezplačno ponudba "
           "popust posojilo kredit nujno opomnik pomembno potrdite potrditev teden mesec leto rojstni čestitamo dopust "
           "kdaj kje zakaj zadnja priložnost kliknite tukaj več zelo dobro tudi novi nova novo vabilo kupite poceni "
           "denar vse najboljše"},
    {"lt", "ir yra kad su į iš už ne tai bet ar kaip jūsų jums mūsų mano tavo aš mes gerbiamas gerbiama gerbiamieji "
           "labas sveiki klientas kliente sąskaita užsakymas pristatymas siunta mokėjimas paskyra slaptažodis ačiū "
           "pagarbiai rytoj šiandien vakar susitikimas priedas priede pridedame laimėjote nemokamai nemokama pasiūlymas "
           "nuolaida paskola kreditas skubu priminimas svarbu patvirtinkite savaitė mėnuo metai gimtadienio su sveikinimai "
           "atostogos kada kur kodėl paskutinė galimybė spauskite čia daugiau labai gerai taip pat naujas nauja kvietimas "
           "pigiai pinigai"},
    {"lv", "un ir ka ar no uz par ne tas bet vai kā jūsu jums mūsu mans tavs es mēs cienījamais cienījamā labdien sveiki "
           "klients klient rēķins pasūtījums piegāde sūtījums maksājums konts parole paldies cieņu rīt šodien vakar "
           "tikšanās sanāksme pielikums pielikumā laimējāt bezmaksas piedāvājums atlaide aizdevums kredīts steidzami "
           "atgādinājums svarīgi apstipriniet nedēļa mēnesis gads dzimšanas dienā apsveicam atvaļinājums kad kur kāpēc "
           "pēdējā iespēja spiediet šeit vairāk ļoti labi arī jauns jauna ielūgums lēti nauda"},
    {"et", "ja on ei et see kui ka aga või mis kes oma teie teile meie minu sinu ma me lugupeetud tere klient arve "
           "tellimus kohaletoimetamine pakk saadetis makse konto parool aitäh tänan tänades homme täna eile koosolek "
           "kohtumine manus manuses lisatud võitsite tasuta pakkumine allahindlus laen krediit kiire meeldetuletus "
           "tähtis oluline kinnitage kinnitus nädal kuu aasta sünnipäeva palju õnne puhkus millal kuidas kus miks "
           "viimane võimalus klõpsake siin rohkem väga hästi uus kutse osta odavalt raha"},
    {"is", "og að er í á það sem ekki við með fyrir um til en eða hann hún þú ég þér þinn þín þitt okkar ykkar kæri kæra "
           "sæll sæl halló viðskiptavinur reikningur pöntun sending afhending pakki greiðsla aðgangur lykilorð takk fyrir "
           "kveðja bestu á morgun í dag gær fundur viðhengi viðhengd ókeypis tilboð afsláttur lán áríðandi áminning "
           "mikilvægt staðfesta vika mánuður ár afmæli til hamingju frí hvenær hvernig hvar af hverju síðasti smelltu hér "
           "meira mjög vel líka nú nýtt boð peningar"},
    {"sq", "dhe në të e i për me nga një është janë nuk që si por ose ju juaj jonë ynë im unë ne përshëndetje i nderuar "
           "klient fatura porosia dërgesa pagesa llogaria fjalëkalimi faleminderit nesër sot dje takimi bashkëngjitur "
           "fituar falas ofertë zbritje kredi urgjente kujtesë rëndësishme konfirmoni java muaji viti ditëlindjen gëzuar "
           "urime pushime kur ku pse fundit mundësi klikoni këtu më shumë shumë mirë edhe ri re"},
    {"cy", "y yr a i o yn ar am mae nid ei eich ein chi ni fi ti gyda bod wedi oes helo annwyl bore da cwsmer anfoneb "
           "archeb dosbarthu taliad cyfrif cyfrinair diolch cofion yfory heddiw ddoe cyfarfod atodiad ynghlwm am ddim "
           "cynnig gostyngiad benthyciad brys nodyn atgoffa pwysig cadarnhau wythnos mis blwyddyn penblwydd hapus "
           "gwyliau pryd sut ble pam olaf cliciwch yma mwy iawn hefyd newydd"},
    {"eu", "eta da du dira ez bat hau hori zure zuen gure nire zuk guk kaixo agur egun on bezero agurgarria faktura "
           "eskaera bidalketa ordainketa kontua pasahitza eskerrik asko bihar gaur atzo bilera erantsita erantsi irabazi "
           "doan eskaintza deskontua mailegua premiazkoa oroigarria garrantzitsua berretsi astea hilabetea urtea "
           "urtebetetze zorionak oporrak noiz nola non zergatik azken aukera egin klik hemen gehiago oso ondo baina ere "
           "berria"},
    {"af", "die en is van 'n in het nie vir met op jou jy ons ek my hulle dit wat sal kan word geagte liewe hallo kliënt "
           "faktuur bestelling aflewering pakkie betaling rekening wagwoord dankie groete more môre vandag gister "
           "vergadering aangeheg aanhegsel gewen gratis aanbod afslag lening dringend herinnering belangrik bevestig "
           "week maand jaar verjaarsdag geluk vakansie wanneer hoe waar hoekom laaste kans klik hier meer baie goed maar "
           "ook nuwe asseblief hierdie jul u sluit"},
    {"sw", "na ya wa kwa ni katika za la cha hii hiyo yako yetu wako sisi wewe mimi habari mpendwa mteja ndugu ankara "
           "agizo malipo akaunti nenosiri asante kesho leo jana mkutano kiambatisho umeshinda bure ofa punguzo mkopo "
           "haraka kumbukumbu muhimu thibitisha wiki mwezi mwaka siku kuzaliwa furaha pongezi likizo lini vipi wapi kwa "
           "nini mwisho nafasi bofya hapa zaidi sana vizuri lakini pia mpya tafadhali pesa"},
    {"so", "iyo waa ka ku in la aan oo uu ay waxaan waxaa adiga annaga mudane macmiil qaansheegta dalab lacag bixin "
           "koontada mahadsanid berri maanta shalay kulan lifaaq guulaysatay bilaash dalacsiin deyn degdeg xusuusin "
           "muhiim xaqiiji todobaad bil sanad goorma sidee halkee sababta fursad guji halkan badan fiican cusub"},
    {"tl", "ang ng sa na mga at ay ko mo ka ikaw ako kami tayo namin natin inyo iyong para hindi may wala ito iyan po opo "
           "kumusta mahal minamahal kliyente resibo bayarin order padala paghahatid bayad kuwenta salamat maraming "
           "bukas ngayon kahapon pulong kalakip nanalo libre alok diskuwento utang pautang kailangan paalala mahalaga "
           "kumpirmahin linggo buwan taon kaarawan maligayang bati bakasyon kailan paano saan bakit huling pagkakataon "
           "mag i click dito pa lang din rin bago magandang umaga gabi pera"},
    {"az", "və bir bu üçün ilə də da ki nə çox daha var yox kimi siz sizin biz mən mənim sənin hörmətli salam müştəri "
           "faktura hesab sifariş çatdırılma ödəniş şifrə parol təşəkkür edirik edirəm hörmətlə sabah bugün bu gün dünən "
           "görüş iclas əlavə qazandınız pulsuz təklif endirim kredit təcili xatırlatma vacib təsdiq həftə ay il ad günün "
           "mübarək təbrik edirik tətil nə zaman necə harada niyə son fürsət klikləyin bura yaxşı yeni"},
    {"zh-Latn", "ni hao women nimen wo de shi bu le zai you he zhe na shenme zenme xiexie qing gongsi fapiao xiansheng "
                "nin zhongguo xin dianhua pengyou mei tian jintian mingtian huiyi tongzhi mianfei kehu nihao dajia"},
    {"ja-Latn", "desu masu no wa ga wo ni to mo kara made watashi anata arigatou gozaimasu kudasai onegai shimasu ohayou "
                "konnichiwa konbanwa sayonara ashita kyou kinou kaigi moushiwake itsumo osewa natte orimasu "
                "yoroshiku itashimasu shita suru desuka masuka minasan san sama"},
    {"ko-Latn", "annyeonghaseyo annyeong haseyo gamsahamnida kamsahamnida hoeui naeil oneul eoje imnida hamnida "
                "juseyo saranghae chingu sonnim gogaek mianhamnida joesonghamnida hangug hanguk daechul muryo eopseo "
                "isseoyo haeyo bangapseumnida"},
    {"ru-Latn", "privet zdravstvuyte zdravstvujte dobryy dobryj den vecher spasibo pozhaluysta pozhalujsta kak dela zavtra "
                "segodnya segodnja vchera vstrecha schet zakaz dostavka oplata skidka besplatno kredit uvazhaemyy kupit "
                "moskva eto chto vas nas vash vasha dlya ili tolko seychas nuzhno mozhno khorosho horosho vam menya"},
    {"el-Latn", "kalimera kalispera geia sas efxaristo eyxaristo parakalo einai kai den gia apo tha me sto tis tou simera "
                "avrio xthes ti kanete kala nai oxi poli"},
    {"ru", "и в не на что с по это как но из у за вы мы я он она для вас вам ваш ваша ваше ваши нас наш от до если или "
           "уже только ещё еще привет здравствуйте добрый день уважаемый уважаемая уважаемые клиент счёт счет заказ "
           "доставка посылка оплата пароль спасибо уважением завтра сегодня вчера встреча совещание вложении "
           "выиграли бесплатно предложение акция скидка скидки кредит займ срочно напоминание важно подтвердите неделя "
           "месяц год день рождения поздравляем отпуск когда где почему последний шанс нажмите здесь больше очень хорошо "
           "тоже новый новая приглашение купить купите недорого деньги дешево ли есть ужин заработок"},
    {"uk", "і в не на що з по це як але із у за ви ми я він вона для вас вам ваш ваша ваше ваші нас наш від до якщо або "
           "вже тільки ще привіт вітаємо добрий день шановний шановна шановні клієнт рахунок замовлення доставка посилка "
           "оплата пароль дякую дякуємо повагою завтра сьогодні вчора зустріч нарада вкладенні додатку виграли "
           "безкоштовно пропозиція акція знижка знижки кредит позика терміново нагадування важливо підтвердіть тиждень "
           "місяць рік народження вітаю відпустка коли де чому останній шанс натисніть тут більше дуже добре теж також "
           "новий нова запрошення купити дешево гроші та й є"},
    {"be", "і ў не на што з па гэта як але із у за вы мы я ён яна для вас вам ваш ваша наш ад да калі або ужо толькі "
           "яшчэ прывітанне вітаю добры дзень шаноўны шаноўная кліент рахунак замова дастаўка пасылка аплата пароль дзякуй "
           "павагай заўтра сёння учора сустрэча нарада далучаны выйгралі бясплатна прапанова зніжка крэдыт тэрмінова "
           "напамін важна пацвердзіце тыдзень месяц год нараджэння віншуем адпачынак дзе чаму апошні шанец націсніце "
           "тут больш вельмі добра таксама новы новая"},
    {"bg", "и в не на че с по това как но от за ви ние аз той тя са е се да ще вас ваш вашата вашият нашия или вече само "
           "още здравейте здравей добър ден уважаеми уважаема клиент клиенти фактура поръчка поръчката доставка пратка "
           "пратката плащане парола благодаря благодарим поздрави утре днес вчера среща срещата приложение приложено "
           "прикачен спечелихте безплатно безплатна оферта промоция отстъпка заем кредит спешно напомняне важно "
           "потвърдете седмица месец година рожден честит поздравления отпуск кога къде защо последен шанс кликнете "
           "натиснете тук повече много добре също нов нова ново покана купи купете евтино пари до ли сме сте съм"},
    {"mk", "и во не на дека со по ова како но од за вие ние јас тој таа се е да ќе вас ваш вашата нашата или веќе само "
           "уште здраво добар ден почитувани почитуван клиент сметка фактура нарачка нарачката испорака пратка плаќање "
           "лозинка благодарам благодариме поздрав утре денес вчера состанок прилог добивте бесплатно понуда попуст заем "
           "кредит итно потсетник важно потврдете недела седмица месец година роденден среќен честитки одмор кога каде "
           "зошто последна шанса кликнете тука повеќе многу добро исто така нов нова ново покана пари сум сте"},
    {"sr", "и у не на да се је за са од до су што како али или већ само још ваш ваша ваше вам вас наш наша мој моја добар "
           "дан здраво поздрав поштовани поштована рачун наруџбина поруџбина достава испорука пошиљка пакет плаћање "
           "лозинка хвала срдачан сутра данас јуче састанак прилог прилогу освојили бесплатно понуда попуст зајам кредит "
           "хитно подсетник важно потврдите потврда недеља месец година рођендан срећан честитамо одмор када где зашто "
           "последња прилика кликните овде више врло веома добро такође нови нова ново позив купите јефтино новац"},
    {"kk", "және бұл үшін мен сіз біз сіздің біздің бар жоқ емес деп сәлеметсіз бе сәлем құрметті клиент шот тапсырыс "
           "жеткізу төлем құпия сөз рахмет ертең бүгін кеше жиналыс кездесу қоса тіркелген ұтып алдыңыз тегін ұсыныс "
           "жеңілдік несие шұғыл еске салу маңызды растаңыз апта ай жыл туған күніңізбен құттықтаймыз демалыс қашан "
           "қайда неге соңғы мүмкіндік басыңыз мұнда көп өте жақсы жаңа"},
    {"mn", "ба энэ нь та бид би танай манай байна байгаа юм биш гэж сайн уу эрхэм хүндэт үйлчлүүлэгч нэхэмжлэх захиалга "
           "хүргэлт төлбөр нууц үг баярлалаа маргааш өнөөдөр өчигдөр хурал уулзалт хавсралт хавсаргав үнэгүй санал "
           "хямдрал зээл яаралтай сануулга чухал баталгаажуулна долоо хоног сар жил төрсөн өдрийн мэнд баяр амралт хэзээ "
           "хаана яагаад сүүлчийн боломж дарна энд илүү маш шинэ"},
    {"ar", "في من على إلى عن مع هذا هذه التي الذي أن إن لا ما هل كان أو ثم كل بعد قبل نحن أنت مرحبا السلام عليكم عزيزي "
           "العميل السيد السيدة فاتورة الفاتورة طلب طلبك الطلب شحنة الدفع دفع حساب حسابك كلمة المرور شكرا لكم تحياتي غدا "
           "اليوم أمس اجتماع الاجتماع مرفق المرفق ربحت فزت جائزة مجانا مجاني عرض عروض خصم قرض عاجل تذكير هام مهم تأكيد "
           "أسبوع شهر سنة عيد ميلاد سعيد مبروك إجازة متى كيف أين لماذا آخر فرصة اضغط هنا المزيد جدا جديد دعوة"},
    {"fa", "و در به از که این است را با برای آن یک هم می شما ما من تا بر یا اگر هر بود شد سلام گرامی مشتری محترم آقای "
           "خانم صورتحساب فاکتور سفارش ارسال بسته پرداخت حساب رمز عبور ممنون متشکرم تشکر احترام فردا امروز دیروز جلسه "
           "پیوست برنده رایگان پیشنهاد تخفیف وام فوری یادآوری مهم تایید تأیید هفته ماه سال تولد مبارک تبریک تعطیلات کی "
           "چگونه چرا کجا آخرین فرصت کلیک کنید اینجا بیشتر خیلی جدید دعوت لطفا"},
    {"ur", "اور کے کی کا میں ہے ہیں سے کو پر نے یہ وہ آپ ہم تھا نہیں بھی کہ تو ایک جو کر لیے السلام علیکم محترم جناب صارف "
           "بل رسید آرڈر ترسیل ادائیگی اکاؤنٹ پاس ورڈ شکریہ کل آج اجلاس میٹنگ منسلک جیت انعام مفت پیشکش رعایت قرض فوری "
           "یاددہانی اہم تصدیق ہفتہ مہینہ سال سالگرہ مبارک چھٹی کب کیسے کہاں کیوں آخری موقع کلک کریں یہاں مزید بہت نیا نئی "
           "براہ کرم"},
    {"hi", "और के की का में है हैं से को पर ने यह वह आप हम था थी नहीं भी कि तो एक जो कर लिए नमस्ते प्रिय ग्राहक श्री "
           "महोदय बिल चालान ऑर्डर डिलीवरी भुगतान खाता खाते पासवर्ड धन्यवाद कल आज बैठक मीटिंग संलग्न जीता जीते इनाम मुफ्त "
           "मुफ़्त ऑफर छूट ऋण लोन तत्काल जरूरी अनुस्मारक महत्वपूर्ण पुष्टि सप्ताह महीने साल जन्मदिन मुबारक बधाई छुट्टी कब कैसे कहाँ "
           "क्यों अंतिम मौका क्लिक करें यहाँ अधिक बहुत नया नई कृपया आपका आपके आपकी"},
    {"mr", "आणि च्या ची चा मध्ये आहे आहेत पासून ला वर ने हा ही हे तो ती तुम्ही आम्ही होता नाही पण की तर एक जो करून साठी नमस्कार "
           "प्रिय ग्राहक बिल पावती ऑर्डर वितरण पेमेंट खाते खाता पासवर्ड धन्यवाद उद्या आज काल बैठक सोबत जोडले जिंकले बक्षीस मोफत "
           "विनामूल्य ऑफर सूट कर्ज तातडीचे स्मरणपत्र महत्त्वाचे महत्वाची पुष्टी आठवडा महिना वर्ष वाढदिवसाच्या हार्दिक शुभेच्छा अभिनंदन "
           "सुट्टी कधी कसे कुठे का शेवटची संधी क्लिक करा येथे अधिक खूप नवीन कृपया तुमचे तुमच्या तुमची आपले आपल्या"},
    {"ne", "र को का की मा छ छन् बाट लाई ले यो त्यो तपाईं तपाईंको हामी थियो होइन पनि कि भने एक जुन गर्न लागि नमस्ते प्रिय "
           "ग्राहक बिल अर्डर डेलिभरी भुक्तानी खाता पासवर्ड धन्यवाद भोलि आज हिजो बैठक संलग्न जित्नुभयो पुरस्कार निःशुल्क अफर छुट ऋण "
           "तुरुन्त सम्झना महत्त्वपूर्ण पुष्टि हप्ता महिना वर्ष जन्मदिनको शुभकामना बधाई बिदा कहिले कसरी कहाँ किन अन्तिम मौका क्लिक "
           "गर्नुहोस् यहाँ धेरै नयाँ कृपया हुनुहुन्छ"},
};
// clang-format on
const std::size_t kLanguageWordsCount = std::size(kLanguageWords);

}  // namespace weir::text
