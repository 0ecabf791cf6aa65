/** Makes as they are heard and as they are written. Notation: `parse-lexicon.ts`. */
export const brandWords = `
lg= элджи= лджи=
bosch бош=/а/у/евский/евская
indesit индезит/ индесит
ariston аристон
electrolux электролюкс
zanussi занусси зануси
haier хайер хаер=
beko= беко=
candy канди=
gorenje горенье горение=
siemens сименс
whirlpool вирпул вирлпул
midea мидея мидеа
atlant атлант
biryusa бирюса
tefal тефаль тефал
dyson дайсон дисон
philips филипс
braun браун=
panasonic панасоник
delonghi делонги
redmond редмонд
hisense хайсенс хисенс
toshiba тошиба тошибовск
lenovo леново ленов=
asus= асус=/а/овский
acer= асер= эйсер= айсер=
hp= хп= hewlett
dell= делл=/а делл
msi= мси=
gigabyte гигабайт=
intel интел=/овский
amd= амд= ryzen райзен/
nvidia нвидиа нвидия geforce жифорс джифорс
realme реалми реалме
oneplus ванплас уанплас
oppo= оппо=
nokia нокиа нокия
tecno техно= текно
infinix инфиникс
jbl= джбл= жбл= джибиэль
marshall маршал/
canon= канон= кэнон/ кенон
nikon никон/
gopro гопро
garmin гармин
nike= найк=/и/ов найки= наики=
adidas адидас/ы
asics асикс/ы асикс
puma= пума=/ы
reebok рибок
balance баланс= ньюбаланс nb= нб=
timberland тимберленд тимбы=
ecco= экко=
zara= зара=/ы
columbia коламби колумби
converse конверс/ы
vans= вансы= ванс=
lacoste лакост
gucci гуччи
levis левис/ы левайс
reima рейма рейме
kerry керри=
lego= лего=
cybex сайбекс цибекс
chicco чикко
makita макита/ макитовск
dewalt девольт деволт девалт
metabo метабо
hilti хилти
stihl штиль= штил=/евская
husqvarna хускварна хуска=
интерскол interskol
karcher керхер/ кархер
stels стелс=/ы
merida мерида/
forward форвард
giant джайант гиант=
shimano шимано
toyota тойот/а/у тойета
nissan ниссан/ нисан
mazda мазд/а/у
honda хонд/а/у
bmw= бмв= бэха= бумер=
mercedes мерседес/ мерс=/а/у
audi= ауди=
opel опел/ь/я
ford= форд=/а/ы
chevrolet шевроле/ шевролет шевик=
peugeot пежо=
citroen ситроен/
mitsubishi мицубиси митсубиси мицу=
subaru субару субарик
lexus лексус
chery= чери=
haval хавал/ хавейл
geely джили=
lada= лад=/а/у/ы/е ваз=/а ваза= жигул/и
rio= рио=
solaris солярис/а/е солярик соляра=
logan логан/
duster дастер
octavia октави/я/ю
camry камри=
focus фокус=/а
nokian нокиан
michelin мишлен/ мишелин
bridgestone бриджстоун бриджи=
continental континентал/ь
pirelli пирелли пирели
hankook ханкук/ хэнкук
yokohama йокогама иокогама екогама
kumho кумхо
cordiant кордиант
viatti виатти
goodyear гудиер гудьир
`;
