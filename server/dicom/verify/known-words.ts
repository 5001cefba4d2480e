import { labelVocabulary } from '../leaving/label-vocabulary.ts'
import { problemWords } from '../problem.ts'
import { wordsOf } from './telling-parts.ts'

/**
 * Words that Caseroom itself says of a case: in titles, labels, reports and its own formats. One of them
 * is no sign of a leak even where a header holds it, as `chest`; a patient who bears such a name hides
 * behind it.
 */
const ourWords = `
  abdomenpelvis abnormal about above accents accepted accepts acquisition acquisitions across
  active adaptive additional after again all allow along already also although among an
  anatomical anatomy and angiogram angle anisotropy ankle another any anything apart apparent
  application are area arithmetic around array arrived artefact as association at attenuation
  audio auditory automatic avc average axes axial axis back bar baseline bd be because become
  been before began begins being belong below beside best better between beyond bile bileduct
  bits board boneplus bony both bottom bq bqml broke building but buttock button by bytes
  calcaneus calculated calf called calls came can canal cannot capture captures case caseroom
  cases caused cent centre cerebrospinal changed changes check cheek chestabdomen chestabdpelvis
  choose chosen circle circleofwillis clear close closed closest cnts coarse code coded codes
  coding coefficient colour colours combined compare compared compatible complete completely
  component compressed compression computed conference connection connective const contains
  context contoured contradicts contrast copied copy corner coronal coronaryartery corrected
  could count counts created cspine ctspine current cut damaged data date dates days decay decide
  declared decoded default deflate deflated degree degrees deidentifying delayed delete demo
  derived described describes description detail detected deviations device diagnosis dicom did
  differ different differently differs diffusion digital dimension direction displayed distance
  do documents does done down drawn dropped due duplicate dynamic each eadonly ear early echo
  echoes ed edge edw eff either elbow else empty encapsulation enclose encoding end ended endian
  ends english enhanced enough entry ep equal erman error estimated et even every everything
  exactly example except expected explained export extended faces factor failed false far
  features fetch few figure file files filled filter findings finds fine finger fit flat float
  floating folder follow followup foot for forearm found four fractional fractions fragmentable
  frame frames free french from full further gantry gap gaps general german give given go good gr
  gradient grey grid group groups guess had half hand has hat have header headneck help here hevc
  hidden hierarchical hold holds holes hospital hounsfield how however htj hu iac id ideal
  identify if ignored image images imaginary implicit import imported in include included index
  information injected injection inside instead int interlaced interpolated into inversion
  inverted ir is it its itself jaw join jpeg jpip just keep keeps kept kernel kg kind known
  labels lack larger largest last late later least leg length less lesson level lie lies life
  like likely line lines list little local localiser localisers located log long look loss
  lossless lost lspine lsspine lumbosacral made main make makes manual many map maps mark masked
  match matching matrix matter maximum may mb mean means measured measurement medicine meeting
  memory message mgml micrometer microscopy might millimeter millimetre mime minimum minute
  missing mixed ml mm mod modality mode moment month months more mosaics most moved mpeg ms multi
  multiscales must name named names native ncontent near nearer nearest neckchest
  neckchestabdomen neckchestabdpelv needs neighbour neighbours never new next nglish nine no none
  normal not note notes nothing now nuclear null number numbers numcodecs objects oblique
  ocabulary od odd of off old older ome on once one only open opened opposed or order ords
  orientation original origins other others otherwise our out outline outside over ower own
  packed pacs padding page papyrus parallel part parts password patients pcm pct per percent
  phantom phase phases photograph physical picture pictures piece pixel pixels place placed
  places plain planar plane planes plans please point points position positions possible practice
  present presentation previous prior probably problem problems process profile progression
  progressive proportional protected protection put quantity quarantined question quick
  radiograph radionuclide radiotherapy range rather reach read reader reading ready real reason
  receiving recompression reconstructed reconstruction recorded recovery reference referenced
  refused regular rejected released remaining removed rench repeated replaced report reports
  required resampled rescale research rest result retired rfc rm room rotated round rounded row
  rows rtstruct run runs safe sagittal said same sample say says scale scaled scales scan scanner
  scout scouts screen screenshots sct se sealed secret section seen segmentations segmented
  selected selection sella semiautomatic send sense sent separate separately sequence series set
  settings several shape shared sheared shift shifted short should show shown shuffle side sides
  similar simple since single size sizes slice slices slide slope slow smaller smallest smpte
  some something source space spacing spacings spectral spin split sspine st stack stacks
  standard start started state steep step steps stereo still stopped store stored strength stress
  string structures studies study substance such supported syntax system tables tag take taken
  tall teaching temporomandibular ten test text than that the their them themselves then there
  these they thick thickness thigh thin thing this thoracolumbar those three threshold through
  thumb tiled tilt tilted time times title tlspine tmj tmjoint to toe together told too took top
  training transfer translation trim true tspine turcica turned twice two type uid uint ultra
  ultrasound uncommon uncompressed uncorrected undefined under understand understood uneven unit
  units unless unlike unpack unpacks until unusual up upload uploaded uptake us usable use used
  useful user uses usual usually value values vault very video view views visible vnd volumes
  voxel voxels vr wanted was way weight weighted well went were what when where whether which
  while white wholebody whose why wide width will willis window with within without word words
  would written wrong xl xml year years yes yet you young your zarr zero zip zstd zygoma
`

/** Words of attribute keywords (PS3.6) and of the names of fields, for names alone. */
const nameWords = `
  dims rt plan inm inms ms ma mas id ids iod lut voi roi
  accession accessory action actual address administration admission admitting ae affected age
  agent alerts algorithm alias allergies allocated allowed alternate altitude anatomic annotation
  approach approval approver approving arbitrary arrangements arrival aside assertion attribute
  attributes author authorization barcode beam bearing birth bit branch burned bvalue calibration
  callback camera cancellation cassette category center certificate certified checksum chunk cie
  cielab class cleaned clinical codecs coercion collection color colors columns combination
  comments committee compensation compensator completion complex concatenation conceptual
  confidentiality configuration constituent constraint consulting container content contribution
  control converted convolution coordinate coordinating correction country creation creator
  ctacquisition ctd ctdivol ctexposure ctimage ctreconstruction ctx ctxray curve curves custodial
  da datasets datetime datum decomposition deidentification delay department derivation
  designator dest destination detailed details detector diagnoses differential directionality
  discharge displacement display distribution document dop dosimetric drug dt effective
  effectiveness element elements emptied encapsulated energy entered enterer entity episode
  equipment ethics ethnic event examined exclusion exit expiration exposure extension fiducial
  fiducials fill filler fixation flip flow format fraction fractionation functional generation
  generator geographic geometric gps graphic hanging histogram history hl holder human icon icons
  identification identifier identifying ids imaging img impedance imports impressions inm inms
  installation instance institution institutional instruction insurance intended intent intercept
  interlock interpretation interpreted interpreter intervention irradiation issue issuer ivol key
  keyword keywords kvp lab language latitude levels lo location locator longitude lookup lossy
  lut lutsequence mac machine magnetic maker manufacture manufacturer mapping measure measures
  media medical medication menstrual meta method military model modification modified modifier
  modifying mother motion mracquisition mrdiffusion mrecho mrimage mrmodifier mrtiming multiplex
  narrative network neutered nominal nonconforming ob objective observation observations observer
  occupation offset omission operator operators organization origin originator overlay overlays
  override owner palette parameter parameters participant participation path percentage performed
  performer performers performing person petframe phone photo photometric physician placer plate
  pn pre preambles preference pregnancy preparation prescription private procedure processing
  product progress properties property protocol pulse purpose pyramid radiation
  radiopharmaceutical rank ray recent recipients recommended record recorder recording ref
  referring related religious remapped repetition representation request requested requesting
  residence respiratory responsible results retrieve return review reviewer rgba roicontour
  roidisplay roigeneration roiname roinumber roisequence rtreferenced rtroi rtroiidentification
  rtroiinterpreted rtroiobservations samples satellites scanning scheduled scheme segmented
  selector separator serial service session sets setting setup sex sh shielding signature
  signatures signer site sites slot smoking sop sopclass sopinstance special specification
  specimen speed sponsor stamp station status stop storage subject superseding suvbw sync
  synchronization technique telecom telephone template timestamp timezone timing tm tolerance
  topic track tracking trailing transaction transcriber transcription transducer transformation
  transformations transition transport treatment trial trigger udi uids un unassigned unique
  unlisted updated ur ut utc variant verbal verification verified verifying version violation
  visit vivo voilut voilutsequence waveform world xray
`

/** What the documents of a stored volume are made of (zarr v3, OME-NGFF), each as it stands there. */
const formatWords = `
  algorithmtype attributes axes bytes checksum chunk codecs colors configuration coordinatetransformations
  datasets dimension elementsize encoding endian fill format frameofreferenceuid grid key
  kind little multiscales names node numcodecs ome paddingvalue path patientfromvoxel properties
  regular rgba separator shape shuffle suvbwfactor type value version zarr zstd
`

const setOf = (words: string) => words.trim().split(/\s+/)

export const knownWords: ReadonlySet<string> = new Set([
  ...setOf(formatWords),
  ...setOf(ourWords),
  ...labelVocabulary,
  ...Object.values(problemWords).flatMap(wordsOf),
])
export const knownNames: ReadonlySet<string> = new Set([...knownWords, ...setOf(nameWords)])
