/**
 * Words that a segment or a contoured structure may be named with: anatomy, findings and what
 * radiotherapy calls its volumes, in English, German and French. Lower case, without accents. Words
 * that are usual given names are left out, however anatomical.
 */
const english = `
abdomen abdominal abscess acetabulum adenoma adrenal air airway ampulla aneurysm angioma anterior
aorta aortic apex appendix arch areola arm arterial artery arteries ascending ascites atrial atrium
auricle axilla background bladder blood bone bones border borders bowel brachial brain brainstem
breast bronchi bronchus calcification calcium callosum capsule cardiac carotid cartilage catheter
cauda caudate cava cavity cecum celiac central cerebellum cerebral cerebrum cervical cervix chamber
chest chiasm clavicle coccyx cochlea colon common cord cornea coronary corpus cortex costal cranial
cyst cysts deep dens descending diaphragm disc disk distal diverticulum duct duodenum edema effusion
emphysema endocardium endometrium enhancing enhancement epicardium epidural epiglottis equina
esophagus ethmoid expander external extremity eye eyes eyeball eyelid face facial fascia fat femoral
femur fibroid fibula fibrosis first fissure fluid fossa fracture fracture gallbladder ganglion gland
glands glioma globe glottis goitre graft ground glass gyrus head heart hematoma hemangioma hemorrhage
hepatic hilum hip hippocampus humerus hydrocephalus hypophysis hypothalamus ileum iliac iliacus ilium
implant infarct inferior inguinal inner insula intestine intestines internal intracranial ischium
jejunum joint jugular kidney kidneys knee label labrum lacrimal lamina large laryngeal larynx lateral
left lens lenses lesion lesions leukemia ligament lip lips liver lobe lobes lower lumbar lumen lung
lungs lymph lymphoma lymphatic malleolus mammary mandible mandibular margin mask mass mastoid
maxilla maxillary medial mediastinum medulla membrane meninges meningioma meniscus mesentery
metastases metastasis middle mitral mucosa muscle muscles myocardium myometrium nasal nasopharynx neck
necrosis nephrogram nerve nerves nipple node nodes nodule nodules nose nucleus object oedema
oesophagus optic oral orbit organ organs oropharynx outer ovary ovaries palate pancreas pancreatic
papillary parenchyma parotid parotids patella patient pelvic pelvis penis pericardium peripheral
peritoneum pharynx pineal pituitary placenta plaque pleura pleural plexus pneumonia pneumothorax polyp
pons portal posterior primary prostate prostatic proximal psoas pulmonary putamen pylorus radius rectal
rectum rectus region renal residual retina retroperitoneum rib ribs right root sac sacral sacrum
saliva salivary scalp scapula scar sciatic sclera scrotum second secondary segment segmentation
segments seminal septum seroma shoulder shunt sigmoid sinus sinuses skeleton skin skull small soft
solid spinal spine spleen splenic stenosis stent sternum stomach structure stump subclavian
submandibular subcutaneous superior suprarenal sural surface temporal tendon testes testis thalamus
third thoracic thorax thrombus thymus thyroid tibia tissue tissues tongue tonsil tonsils trachea
tricuspid trigeminal trochanter trunk tube tumor tumors tumour tumours ulna ulcer umbilicus unknown
upper ureter ureters urethra urinary uterus vagina valve vascular vein veins vena venous ventral
ventricle ventricles vermis vertebra vertebrae vertebral vesicle vesicles vessel vessels vitreous
volume vomer vulva wall whole wrist zone`

const german = `
abszess achsel aderhaut arterie arterien auge augen ausserer bauch becken blase blinddarm blut brust
brustkorb darm dickdarm dorsal drusen druse dunndarm enddarm ergussen erguss fett frakturen fraktur
gallenblase gallengang gefass gefasse gehirn gelenk gewebe haut harnblase harnleiter herz hinten hirn
hirnstamm hoden hufte innere kehlkopf kleinhirn knie knochen knoten kopf kreuzbein leber linke linker
linkes links lunge lungen lymphknoten magen mandel mandeln maske metastase metastasen milz mitte
muskel muskeln nase nebenniere nebennieren nekrose nerv nerven niere nieren oben oberkiefer odem
ohrspeicheldruse prostata rechte rechter rechtes rechts rippe rippen ruckenmark samenblase schadel
schilddruse schulter sehnerv speiserohre tumore tumoren unten unterkiefer unterlappen oberlappen
mittellappen vene venen vorhof kammer vorne wirbel wirbelkorper wirbelsaule zunge zwerchfell zyste`

const french = `
abces aorte artere arteres bassin bronche cerveau cervelet coeur colonne cote cotes cou crane
cristallin droit droite encephale epaule estomac externe femurs foie ganglions gauche genou globe
gorge gros grele hanche hematome inferieur inferieure interne intestin kyste langue larynges ligne
lobe machoire masque masse moelle mandibule metastases muscle nerf noeud nodule oesophage oeil oreillette
os ovaire paroi peau plevre poumon poumons prostate racine rachis rate rectum rein reins sein seins
superieur superieure surrenale tete thorax thyroide trachee tronc tumeur tumeurs uretere uterus vaisseau
vaisseaux veine veines ventricule vertebres vesicule vessie yeux`

/** What radiotherapy names its volumes (ICRU 50, 62, 83; AAPM TG-263), sides and acquisitions. */
const radiotherapy = `
avoid avoidance block bed body bolus boost brachy brachytherapy contour contours couch ctv dose eval
external field gtv gtvn gtvp gtvt hdr high hot igtv intermediate iso isocenter isodose isocentre itv
low lt marker markers oar opt optimisation optimization overlap plan planning prv ptv ptvn rind ring
rinds rt seed seeds spare sib sum support table target total treated
ant post sup inf lat med bilat bilateral lower upper ln lad lca rca lv rv la ra lul lll rul rml rll ivc
svc csf gm wm wmh flair adc dwi suv pet ct mr pt cbct core gtvs rois roi seg segs vol tv mtv`

export const labelVocabulary: ReadonlySet<string> = new Set(
  [english, german, french, radiotherapy].join(' ').trim().split(/\s+/),
)
