"""First names and surnames that are common in the Netherlands, by which a person's name can be told.

Written down from general knowledge of Dutch, Frisian, English, Turkish, Moroccan, Surinamese, Arabic and other
common names; the lists need not be complete, since titles, initials and particles tell names too. All in the form
of `labkit.names.fold`.
"""

from __future__ import annotations

#: First names that are hardly ever anything else.
GIVEN = frozenset(
    """
    aaron abdel abdelali abdelaziz abdelhak abdelhamid abdelilah abdelkader abdelkarim abdellah abdelmajid
    abdessamad abdou abdul abdullah abdulrahman abel abigail abram achmed achraf adam adel adelaide adnan adriaan
    adriaen adrian adriana adrianna adrie adrien agnes agnieszka ahlam ahmad ahmed ahmet ahu aicha aiden aimee aisha
    akash akke akram alaaddin alaeddin alain alan alberto alejandra alejandro aleksander aleksandra alessandro alex
    alexander alexandra alexandre alexia alfons alfred ali alice alicia alida alina aline alison alparslan alper
    alphonse alwin alwine alyssa amal amanda amar amelia amelie amina amine amir amira amit ammar amy ana anais anas
    anass andre andrea andreas andree andrej andrew andrzej andy angela angelina angelique angus aniela anil anita
    anja anjali anke ankie ann anna annabel annabelle anne annebel annefleur anneke annelies annelise anneloes
    annemarie annemiek annemieke annemijn annet annette annie annika anouar anouk anthony antoine antoinette anton
    antoni antonia antonio antonius antoon anwar archie arda ardi ari arie arjan arjen armin arnaud arne arno arnold
    arnoud aron arthur artur arun arzu asha ashley asli aslihan asma asmae astrid asya atakan atilla audrey aukje
    aurelie aurore axel ayca aydan ayla aylin ayman aynur ayoub ayse aysegul aysel aytac ayten azalea aziz aziza
    azra babette bachir bader badia badr bahar balazs baran barbara barend baris barry bart bartek bartholomeus
    bartosz bas basel bashar basma bastiaan batuhan bea beata beate beatrice beatrijs becky begum bekir belgin ben
    benedict benja benjamin benny benthe berat berber beren berend berk berkay berna bernadette bernard bernd bert
    bertha berthe bethany betsy betty betul beverley beyza bianca bianka bibi bilal billy birgit birgitt birol
    birsen bjorn boaz bob bodhi bogdan bora boris borys bouchra boudewijn boukje bozena bradley brahim bram brecht
    brenda brendan brett brian bridget brigitte brit britt bruno bryan btissam buket bulent burak burcu busra cagla
    cagri caleb callum cameron camiel camilla camille canan canberk capucine carel carina carine carl carla carlijn
    carlo carlos carmen carolien carolina caroline cas caspar casper cassandra catharina catherine cato catoo
    catriona cecile cecilia cedric cees celestine celine cem cemal cengiz ceren ceyda chaima chaimae chantal charles
    charlie charlot charlotte cheryl cheyenne chiara chloe chris christa christel christelle christiaan christiane
    christina christine christoph christophe christopher cihan cindy claartje claire clara clare claudia clemence
    clemens clement clementine clifford cody coen colette collin connie connor conny conor constance constantijn
    coosje cor cora coraline corentin corien corine corinne cornelia cornelis corrie coskun courtney craig cuneyt
    cynthia cyril czeslaw daan dagmar dagmara daley damian damien damin damla dana dani daniel daniela danielle
    danilo danique danny danuta dany daphne darian dariusz darren dave david davina davy deacon debbie deborah debra
    declan deepak defne delphine demet demi demir denis denise deniz dennis derek derk derrick derya detlef devrim
    dewi dex dian diana diane dianne didi didier diederik diego dierk dieter dietmar dieuwertje dilan dilara dilek
    dimitri dina dineke dinie diny dirk dirkje ditte djamila dogukan dolf dominic dominik dominika dominique donald
    donna doreen dorien doris dorota dorothea dorothee dorothy douglas dounia doutzen douwe driss duco duygu dylan
    dylano eberhard ebru ebubekir ecem eckhard ecrin eda edda eddy edgar edgard edith edmund edouard eduard edward
    edwin eefje eelco eelke eetje efe egbert egon eileen ekrem elaine elcin eleanor elena eleni elfriede elias elien
    elif elijah elin eline eliot elisa elisabet elisabeth elise eliza elizabeth ella elle ellen ellie elliot elliott
    ellis elly elma elmar elodie eloise els elsbeth elsie elske elvan elvira elynn elza elzbieta emel emely emiel
    emile emilia emilie emily emin emine emir emirhan emma emmanuel emmanuelle emmy emrah emre enes engin erbay
    ercan erdal erdem erdinc eren ergin erhan eric erica erik erika erin erkan erna ernest ernst erol ersin ertugrul
    erwin esin esma esmee esra estelle esther ethan etienne eugene eva evelien eveline evelyn evert evi evie evy ewa
    ewan ewelina ewout eylul eyup fabian fabien fabienne fabrice fadi fadime fadoua faisal faiza famke farah farid
    farida faruk fatih fatiha fatima fatimah fatma fatoumata faye fayza fedde fedor feike feline felix feliz femke
    feng fenna fenne ferdi ferdinand fergus ferhat feride ferre ferry feyza fien figen filip filiz finn fiona fleur
    fleurtje floortje florian floris floyd folkert fons foppe fouad fouzia frances francesca francien francine
    franciscus franck francois francoise franka frans fransje franz fred freddie freddy frederick frederieke
    frederik frederique freek frenkie frieda friedrich friso frits fritz froukje fryderyk fulya funda furkan gabi
    gabriel gabriela gabrielle gamze gareth gary gaston gauthier gavin geert geertje geertruida gemma genevieve
    geoff geoffrey george georges georgette georgina gerald geraldine gerard gerarda gerben gerda gerdien gerhard
    gerrie gerrit gerson gert gertjan gertrude gertruud ghassan ghislaine ghizlane gideon giel gijs gijsbert gilles
    gillian giovanni gisela gisele gitta giulia gizem glenda glenn gokce gokhan goksel gonca gonda gonul goran gosse
    gottfried graham grazyna greetje gregoire gregory greta gretchen griet grzegorz gudrun guido guillaume gulay
    gulcan guler gulsah gulsen gulten gunter gunther gurkan gust gustaaf gustav guus guusje gwen gwendolyn habiba
    hacer hadewych hadi hadia hafid hafida hafsa haico hailey hajar hakan hakim halil halima halime halina haluk
    hamada hamid hamide hamza hana hanae hanan hande hanna hannah hanne hanneke hannelore hannie hanny hans harald
    harmen harold harrie harriet harry hartmut harun hasan hassan hassna hatice hayat haydar haytham hector hedda
    hedwig heidi heike heiko hein heiner heinrich heinz heleen helen helena helene helga hella helma helmut hendrick
    hendrik hendrika henk henkjan hennie henny henri henrica henricus henrietta henriette henrik henry henryk
    herbert herman hermann hermien hermine hester hicham hidde hilal hilary hilda hilde hildegard hilmi hiltje hind
    hiske holger hollie honore hortense houda houria hubert hubertus hugo huib huibert hulya humberto huriye huseyin
    husniye hussein huub iain ian ibrahim ibtissam ida idil idris ieta ignacy ihsan ikram ilana ilayda ilham ilhan
    ilias ilja ilker ilknur ilona ilse ilyas imad iman imane imge imke imogen imran ina inaya inci ine ineke ines
    inez inga inge ingeborg ingmar ingo ingrid inigo irem irena irene iris irma irmak irmgard isa isaac isabeau
    isabel isabella isabelle ismael ismail ismet isobel isolde issam ivan ivana iven ivo ivonne iwona iyad jaap
    jaapjan jace jacek jack jackie jacob jacoba jacobien jacobus jacqueline jacques jacqui jadey jadwiga jaimy jairo
    jake jakub jalal jalila jamal james jamie jamila jan jana jane janet janice janina janine janna janne janneke
    jannes jannetje jannie jannigje janny jantien jantine jantje janusz jaouad jarne jarno jaroslaw jasmijn jasmina
    jasmine jason jasper javier jay jayden jaylano jayne jayson jean jeanet jeanette jeanine jeanne jeannette
    jeannine jeff jeffrey jelena jelle jelmar jelmer jelte jenna jennifer jenny jens jeremy jermaine jeroen jerome
    jerry jerzy jesper jesse jessica jessie jessika jessy jesus jette jihad jihan jihane jikke jill jim jimmy jinte
    jip jisca jitse jitske jo joah joan joana joanna joanne joao jocelyn jochem jochen jochum jodie joel joelle joep
    johan johann johanna johannes john johnny jolanda jolande jolanta jolanthe jolie jolien jolijn jonas jonathan
    jonathon joop joos joost jordi jordy jorg jorge joris jorn jorrit jort jos jose josef josefien joseph josephien
    josephine josette josh joshua josiane josie josien josine joske jouke joukje joyce jozef juan judith julan jules
    julia julian juliana julie julien juliet juliette julius jur jurgen jurjen jurre jurriaan justin justine justyna
    jutta kaan kaat kacper kadir kadriye kai kaj kaja kamil kamila kamuran kaoutar karel karen karim karima karin
    karina karl karla karlheinz karlijn karolien karolina karst kasper katarina katarzyna kate katharina kathelijne
    katherine kathleen kathrin kathryn kathy katie katinka katja katrien katrijn katrina katy kavita kaya kaylee
    kayleigh kazim kazimierz keano kees keesjan keesje keet keimpe keith kelly kemal kenan kenneth kenny kenza kerem
    kerim kerstin kevin khadija khaled khalid khalil kian kieran kiki kim kimberley kimberly kinan kinga kirsten
    kirstin kirsty kitty kjeld klaartje klaas klaasje klara klaske klaus koen koenraad koert konrad konstanty koos
    koosje koray kornel krishna krista kristel kristian kristien kristina kristine kristof krystyna krzysztof
    kubilay kubra kyano kyle kyra lachlan laetitia laila lalita lambert lambertus lamia lana lander lara larissa
    lars latifa laura laure lauren laurence laurens laurent lauri laurie lauro lawrence layla lea leah leandre
    leanne leendert leila lejla leman lena lene lennart lenneke lenny leo leon leonard leonie leonoor leontien leroy
    lesley leslie leszek levent lex lexie leyla liam lianne lidewij lidia lidwien lieke liesbeth lieselotte liesje
    lieuwe lieven lilian liliana lilly lina linda lindsay lindsey lineke linh linus lisa lisanne lisbeth lise
    liselot lisette liv livia lize lizzie lizzy loe loek loes lois lola lorenzo loretta lorraine lothar lotje lotte
    loua louane loubna louis louisa louise lourens lova lowie luan lubna luc luca lucas lucia lucian lucie lucien
    lucienne lucinda lucy ludo ludovic ludwig ludwik luigi luis luisa luit luka lukas lukasz lutfi lutgart lutz luuk
    lyana lydia lynda lynn lynne lynsey lysanne maaike maarten maartje maciej maciek maddie madeleine madelief
    madelon mads maeve magda magdalena mahdi maher mahesh mahir mahmoud mahmut maikel maisie maite maja majda majid
    makbule malak malcolm malgorzata malik malika malin malou mandy manfred manisha manon manuel manuela mara marc
    marcel marcella marcia marcin marco marcus marek maren marga margaret margareta margarete margarita margaux
    margje margo margot margreet margriet marguerite maria mariam marian mariana marianne maribel marie marieke
    mariella mariem mariet marietje mariette marije marijke marijn marijse marilyn marina marinus mario mariola
    marion marise mariska marissa marit marita marius mariusz marja marjan marjo marjolein marjolijn marjon marjorie
    marleen marlene marley marlies marlijn marloes marlon marlou marlous marnix marouan marouane marry marta marte
    martha marthe martien martijn martin martina martine martyn marwa mary maryam maryse marzena mascha mateusz
    mathias mathieu mathijs mathijsje mathilda mathilde mats matteo matthew matthias matthieu matthijs maud maureen
    maurice maurits maxence maxim maxime maximiliaan mayra mazen mechteld mechthild meera megan mehdi mehmet mehtap
    meia meike meindert melahat melanie melek melih meliha melike melinda melis melissa melle mels meltem melvin
    menno merel meriem merijn merle merlijn mert merve meryem metin mette mevlut mia michael michal michel michele
    michelle michiel mick mieke mieneke miep mies miguel mihai mijke mika mikael mike mikel mila milena milica
    millie milou mina mindy mink minke minne mira mirac miranda mireille mirella mirelle miriam mirjam mirka mirko
    miroslaw mirre mirte mirthe mitchell moad modesta mohamed mohammad mohammed mohanad mohini moira monica moniek
    monika monique morad moritz morris mouna mounia mounir mourad moussa mufit muhammed muhammet mujde murat muriel
    mustafa mustapha mutaz muzaffer myla myriam myrna myrte myrthe nabil nabila naciye nada nadege nadia nadieh
    nadine nadir nadira naima najat najib najoua nalini nancy naomi naoual narges nassim natalia natalie natalija
    natasha natasja nathalie nathan nathaniel naud nawal nawfal nazan nazli necati neel neeltje neha neil nejla nel
    nele nelleke nelly nena nermin nesrin neva neville nevin nezha nicholas nick nicky nico nicola nicolaas nicolas
    nicole nicolien nicoline niek niels nienke nigel nihal nihat nikita nikki niko nikodem nikola nikolaas nikolaj
    nikolas nilay nilgun nils nilufer nina nino nisha nisrine nitin nizar noa noah noel noella noelle noemi noemie
    nola noor nora norah norbert nordin nore norman noud nouf noufissa nouhaila noureddine novi nuran nuray nurcan
    nurettin nurhan nuri nurten nynke odette odile oguzhan okke oktay olaf olga oliver olivia olivier omar omer
    omran onno onur oona orhan orlando oscar oskar osman othman othmane otis otto ottoline ouafa oualid oumaima
    oumayma owen ozan ozcan ozge ozgur ozkan ozlem pablo pamela paola paolo pascal pascale pascaline patrice
    patricia patrick patrik patrycja paul paula paulette paulien pauline paulo paulus pavel pawel pedro peggy pepijn
    perihan perrine peter petra petronella petrus phil philip philipp philippe philippine phillip philou pien pierre
    piet pieter pieterjan pieternel pim pinar piotr pippa pleun pleuni pooja prakash priscilla priya priyanka
    przemek przemyslaw quentin quincy quinten quinty quirijn quirine qusay rabia rabie rachael rachel rachid rachida
    radboud radoslaw rafael rafal rafe raffaella raffi rahim rahma rahul raimond rainer raissa raj rajae rajendra
    rajesh rajiv ralf ralph ramazan ramesh ramon ramona rania ranjit raoul raphael rashid ravi rayan raymond rebecca
    recep redouan redouane reem reinder reiner reinhard reinier reinilde reinout rekha remco remi remko remy rena
    renate renaud rene renee renske resat reyhan rhiannon rhys riad rianne ricardo riccardo richard richtje rick
    ricky rico ridvan rieke riet rik rika rina rineke rinke rinse rita ritu roald robbe robbert robbie robert
    roberta roberto robin rochelle roderick rodney rodrigo roel roeland roelien roelof roger rogier rohan roland
    rolf romain roman romana romy ron ronald ronnie ronny rosa rosalie rosalind rosanne roseline rosemarie rosette
    rosie rosita rowan rowena roxane roxanne roy ruben rudi rudiger rudolf rudy rukiye runa russel rutger ruth ruud
    ruya ryan ryszard saar saartje sabina sabine sabri sabrina sacha sadik safae safia saida saidi salah saleh
    saliha salim salima sally salma salomon salwa samantha samer sami samia samir samira samuel sanae sandeep sander
    sandra sandrine sandro sanjay sanne sanneke santiago sara sarah sascha saskia savita scott sean sebastiaan
    sebastian sebastiano sebastien sebnem seda sefa seher selami selcan selcuk selena selim selin selina selma
    selmin sem semih semra senem senn senna serap serdar serge sergio serhat serkan serpil sevda severine sevgi
    sevil sevim seyma shaniqua shannon shanti sharmila sharon shaun sheila sheraldine sherwin sheryl shirley shivani
    shona shreya sibel siebe siebren sieger siegfried sietse sietske sifra sigrid siham silke silvia simon simone
    simonne sina sinan sinem siobhan sjaak sjaan sjef sjoerd sjors sjouke sjoukje sjuul slawomir soenita soerin
    sofie sofieke solange soner songul sonia sonja sophia sophie soraya souad soufian soufiane soukaina soumaya
    stacey stan stanislaw stanley stef stefan stefania stefanie steffen steffie stella stephan stephane stephanie
    stephen sterre steven stijn stjepan suat suhail suheyla suleyman sumeyye sumit sunil sunita suraj suresh susan
    susana susanna susannah susanne suus suzan suzanna suzanne suze suzie sven svenja sybren sylvain sylvester
    sylvia sylvie sylwia szymon tabitha taco tadeusz tahar tamar tamara tamer tamsin taner tania tanja taoufik tara
    tarek tarik tariq tarkan tatiana tatjana ted teddy terence teresa tess tessa teun teunis teuntje thea theo
    theodoor theodora theodorus thera theresa therese thibault thierry thies thijmen thijs thirsa thom thomas
    thorsten tieme tijmen tijn tijs tilly tilman tim timo timothee timothy tina tine tineke tirza titia tjalling
    tjeerd tjerk tjitske tobi tobias toby toine tolga tom tomas tomasz tonny tony toos tooske tracey tracy traudel
    trevor trijntje tristan trudy truus tugba tugce tulay tulin tuncay turgut tuur twan tycho tygo tyrone ubbo udo
    ugur uli ulku ulrich ulrike umit ummuhan umran umut ursula urszula urvin usha uta ute uwe valentijn valentine
    valerie vandana vanessa varun vasco vaughan vedat veerle vera veronica veronika veronique vesna vicky victor
    viene vieve vijay vik vildan vince vincent vincenzo vinz violet virginie vishal vive vivian viviane vivienne
    volkan volker wafa wahid waldemar walid walter waltraud wanda wannes waseem wassim wei wendelien wendy werner
    wesley wessel wiam wibe wiebe wiebke wies wieslaw wieteke wietse wiktor wilbert wilco wilfred wilfried wilhelm
    wilhelmina wilhelmus willeke willem willemien willemijn william willy wilma wim wimke winfried winnie winston
    wioletta wojciech wolfgang wout wouter wubbo xander xandra xavi xavier xiao yacine yahya yakup yann yannick yara
    yaren yasar yasemin yasin yasmin yasmina yasmine yassin yassine yassir yavuz yazan yeliz yfke yigit ymke yolanda
    yolande yonca younes youness youri yousra youssef youssra yuksel yuna yunus yuri yusuf yves yvette yvon yvonne
    zac zachary zafer zahra zainab zakaria zakariae zaki zakia zaynab zbigniew zdzislaw zehra zeina zeki zekiye
    zeliha zeynep ziad zineb zita zoe zoey zofia zohra zoi zoran zouhair zsofia zuhal zuzanna
    """.split()
)

#: First names that are also words, months, places or brands: they count only beside a particle or a common surname.
GIVEN_AND_WORD = frozenset(
    """
    abby ad ada alma amber an angel april art august augustus aurora austin autumn ava aya belle bernardus bill
    bloem bo bonny brook bruce can carol chance chase chelsea christian claude clay clive co coco colin crystal
    daisy dakota dale dallas dean dick dion do dolly don door drew duke duncan earl ece eden elf elke else erdogan
    ester ezra faith fay felicity fidan floor flora florence franco frank ger gerry gilbert gina ginger glen gloria
    gordon grace grant greet guy han hanif harika harm harvey haven hazel heather hike holly hope horst howard hugh
    hunter ids india ioana islam israel issa ivy ize jade jet jewel job joke jordan joy june juno justice juul kamal
    kent kerry kick king krijn kurt lance lee leigh lente levi lewis lies lily lincoln lio lot lou luke luna mack
    mae mare marin mark mason max may mees mercy milan miles milo mo morgan nash nine norma nova odin oguz ola olive
    onder page paris parker pat pearl peer penny peppa phoenix piper prem puck puk quinn rami rana rani ray reed
    regina rein reina rex reza riley rim rima rob robyn roos rose rosemary ross rover ruby rune russell rut sabah
    sade safa sage said sam samson sana savannah savas seb sepp serena sidney siem sien sienna sil skip sky sofia
    sol stewart storm stuart su sue sultan summer sydney tamim teddie terry theodore thirza timon ton trees troy
    tuba turan tyler ufuk venus verity vic victoria viola virginia ward wil will willow wolf wolfram yan yang yeter
    yi yu zara zeb
    """.split()
)

#: Surnames that are hardly ever anything else; also behind a first name that the list above does not have.
SURNAMES = frozenset(
    """
    aarts adriaanse akdeniz aksoy aktas alaoui amrani anderson andriessen antonissen arends arslan aslan aydin
    azzouzi baetens bailey bakkali baldewsingh barnes bax beeckman belhaj benali benhaddou benmoussa bennani bergsma
    bervoets bijlsma bleijenberg boekhorst boersema boersma bosman bosmans bouali bouazza boukhari boutaher bouwman
    bouwmeester bouzid bozkurt brinkman brouwers bruggeman bruijn bruins bruinsma buckley bulut callewaert celik
    cetin ceuppens chahid chaoui claassen claes claessens clarke cornelissen dabrowski daoudi davis declercq dekkers
    demir demirci desmet devos dijkman dijkstra doeven dogan doornbos draaisma driessen dubois durand edwards eggink
    eijk eikelboom elbakkali elkhatib elmasri elzinga eraslan erdogan evans evers evertsen faber fassi feenstra
    fernandez fischer flipse franken frederiks garcia geerts gerrits gerritsen geurts ghali gibson gonzalez goossens
    groeneveld groenewegen gunay gunduz gunes guven haddou hagenaars hajji hamdaoui hamdi haouari harris harrison
    hartman hartmann haverkamp hawkins heemskerk heijmans heijnen henderson hendrickx hendriks hendrikse hendriksen
    hendrix hermans hermsen heuvelmans higgins hoekstra hoffmann hofmann hofstra hogenboom hoogendoorn hoogeveen
    hoogland huber hughes huijbregts huijgens huisman huizinga huysmans idrissi ipema jacobs jacobsen jaddi
    jankowski jansen jansma janssen janssens jelloun johnson jones jongsma jonker jonkers kabbaj kaddouri kaminski
    kamphuis kaplan kara karaca karatas karimi kaya kerr keskin khalifi khan kilic klaassen kleijn kloosterman
    knoppert koc kocak kolster konings kooistra koopman koopmans korkmaz kortman koster kowalska kowalski kozlowski
    kramer krause krawczyk kremer kruger kruse kuijpers kuijt kuiper kuipers kurt kwiatkowski lahlou lambrechts
    lammers lamrani lankhorst leenders lefebvre lehmann lewandowski lewis linssen lopez lubbers maartens maassen
    maertens maes mahmood maier makhloufi mansouri martens martinez meijer meijers mercks mertens messaoudi meulman
    meyer michielsen middelkoop miedema miller mimouni moerman mohan molenkamp momberg moreau morton moussaoui
    mulder mulders muller murphy naciri najib neumann nguyen nieuwenhuis nieuwland nijhuis nijland noordhoek nowak
    offermans ooms oosterhek oosterhuis oosterveld opdam otte otten ouali ouazzani owens ozdemir ozer ozkan ozturk
    patel paulissen pauwels peeters pereira peters petersen pickering pieters pietersen pijnenburg poelman polat
    postma prinsen qadiri rachidi rademaker rademakers rahmani ramdin ramlal reijnders richardson rietveld ritsema
    roberts robinson rodriguez roelofs rozema ruijter rutten sahin saidi sanders santos schepers schipper schippers
    schmidt schneider schoenmaker scholten schoonhoven schouten schreuder schulz schuurman schwarz segers sezer
    sikkema silva simons simsek singh slagter slater slimani slingerland smeets smith smits snijders sonmez soylu
    spruit steenbergen steenhuis stegeman stokman stolk swinkels szymanski tahiri tazi tekin terpstra teunissen
    theunissen thompson timmerman timmermans toering toprak touzani tran tromp tuinstra tuncer turan ucar uitdehaag
    unal uysal vandenberg vandenbossche vandenbroek vanneste veenstra veldhuis veldkamp veldman verbeek verboom
    verbruggen verburg vercauteren verhagen verhelst verheul verhoef verhoeff verhoeven verkade verkerk verlinde
    vermaas vermeer vermeulen verschoor verschuren verschuur versluis verstappen versteeg verweij visscher vissers
    vlaar voogd voskuil wagemakers wagenaar walstra warmerdam wauters weijers wesseling westerveld wierda wieringa
    wiersma wijnands wijnen willems willemse willemsen williams williamson wilson wisniewski wojciechowski wolters
    wouters wozniak yahyaoui yalcin yildirim yildiz yilmaz zandstra zaoui zegers zerouali ziani zielinski zijderveld
    zijlstra zimmermann zonneveld zuidema
    """.split()
)

#: Surnames that are words too: they count behind their particle, or behind a title or function.
SURNAMES_AND_WORD = frozenset(
    """
    ahmed akker akkeren ali baas bakker bauer becker beek beer berg berge bie boer boers bogaard boogaard bos bosch
    brand brink broek brouwer brug bruin bruyn cooper cox dam dekker dijk dongen doorn ende engels es gier ginkel
    goede graaf graaff groot haak haan haas heijden heuvel hoek hof hofman hoop horst hout hulst jackson jager jong
    jonge kamp keizer kelly kerk klaver klein koch kok kolk koning kroon kruijf kuijper laan lange leeuw leeuwen
    linden loon loos maas maat martin meer mol molenaar ommen peer plas plein poel pol poort post prins ridder rijn
    rooij roos rooy rossum ruiter ruyter schaap schaik sloot sluis smet smid smit spaan staal steen swart vaart valk
    veen velde ven vink visser vliet vonk vos vries vrolijk vugt wagner wal walker weber weg weide werf wiel wijk
    wilde winter wit witte wright zande zanten zee zwart
    """.split()
)
