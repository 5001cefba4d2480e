import type { Socket } from 'node:net'
import { PassThrough, Writable } from 'node:stream'
import dimse, { type association, type Dataset, type requests, type responses } from 'dcmjs-dimse'
import { implementationClassUID, implementationVersionName } from '../pacs/implementation.ts'
import { transferSyntaxOf } from '../part10/transfer-syntax.ts'
import { part10Head } from './part10-head.ts'
import { mostPduBytes, type PduConnection } from './pdu-connection.ts'
import type { Reception } from './reception.ts'

const { PresentationContextResult, RejectReason, RejectResult, RejectSource } = dimse.constants

// It would write whom it talks to, and what it is sent, to the console.
dimse.log.disableAll()
dimse.Implementation.setImplementationClassUid(implementationClassUID)
dimse.Implementation.setImplementationVersion(implementationVersionName)
dimse.Implementation.setMaxPduLength(mostPduBytes)

export type SenderRefusal = 'called-ae-unknown' | 'calling-ae-not-allowed' | 'too-many-associations'

export interface Sender {
  readonly called: string
  readonly calling: string
  readonly address: string
}

/** Whom it takes from, and where what they send goes. */
export interface ScpHouse {
  /** Undefined where the association may be. */
  judge(sender: Sender): Promise<SenderRefusal | undefined>
  open(sender: Sender): Reception
}

const verification = '1.2.840.10008.1.1'
const storage = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.[0-9.]+$/
/** PS3.7 C; Refused: Out of Resources and Error: Cannot Understand are of PS3.4 B.2.3. */
const success = 0x0000
const outOfResources = 0xa700
const cannotUnderstand = 0xc000
/** Of an object on its way to the disk; beyond it the sender waits. */
const mostUnwrittenBytes = 1024 * 1024

/** One association of Verification and Storage (PS3.4 A, B), as provider and of nothing else. */
export class StorageScp extends dimse.Scp {
  readonly #connection: PduConnection
  readonly #house: ScpHouse
  #reception: Reception | undefined
  /** The object that is coming in, or was the last to. */
  #stored: Promise<boolean> | undefined
  #isStored = false
  #breakOffWords = 'The connection broke before all images had arrived. Send them again.'

  constructor(connection: PduConnection, house: ScpHouse) {
    super(connection as unknown as Socket)
    this.#connection = connection
    this.#house = house
    this.on('networkError', () => connection.abort())
  }

  get isAccepted(): boolean {
    return this.#reception !== undefined
  }

  /** Ends it from our side; its import says why. */
  breakOff(words: string): void {
    this.#breakOffWords = words
    this.#connection.abort()
  }

  /** After the connection has closed. */
  closed(): void {
    this.#reception?.breakOff(this.#breakOffWords)
  }

  override associationRequested(asked: association.Association): void {
    const release = this.#connection.hold()
    this.#answer(asked).then(release, () => this.#connection.abort())
  }

  async #answer(asked: association.Association): Promise<void> {
    const sender = {
      called: asked.getCalledAeTitle(),
      calling: asked.getCallingAeTitle(),
      address: this.#connection.remoteAddress,
    }
    const refusal = await this.#house.judge(sender)
    if (refusal) {
      const { result, source, reason } = rejections[refusal]
      this.sendAssociationReject(result, source, reason)
      return this.#connection.end()
    }
    for (const { context } of asked.getPresentationContexts()) decide(context)
    // 0 is "any length" (PS3.8 D.1.1), and would be answered so.
    if (asked.getMaxPduLength() === 0) asked.setMaxPduLength(mostPduBytes)
    this.#reception = this.#house.open(sender)
    this.sendAssociationAccept()
  }

  override associationReleaseRequested(): void {
    if (this.#connection.isStoring) {
      this.#connection.abort() // in the middle of an object
      return
    }
    this.#reception?.end()
    this.sendAssociationReleaseResponse()
    this.#connection.end()
  }

  override abort(): void {
    this.#connection.end()
  }

  override cEchoRequest(
    request: requests.CEchoRequest,
    callback: (response: responses.CEchoResponse) => void,
  ): void {
    const response = dimse.responses.CEchoResponse.fromRequest(request)
    response.setStatus(success)
    callback(response)
  }

  override cStoreRequest(
    request: requests.CStoreRequest,
    callback: (response: responses.CStoreResponse) => void,
  ): void {
    const response = dimse.responses.CStoreResponse.fromRequest(request)
    const refused = this.#stored ? outOfResources : cannotUnderstand
    response.setStatus(this.#isStored ? success : refused)
    this.#stored = undefined
    this.#isStored = false
    callback(response)
  }

  /** The object goes to the disk as it comes, in the syntax in which it comes. */
  override createStoreWritableStream(
    context: association.PresentationContext,
    request: requests.CStoreRequest,
  ): Writable {
    const connection = this.#connection
    if (!this.#reception) throw new Error('no association')
    const content = new PassThrough({ highWaterMark: mostUnwrittenBytes })
    content.on('error', () => undefined) // whoever reads it hears it
    const cut = () => content.destroy(new Error('the association ended'))
    connection.once('close', cut)
    content.once('close', () => connection.off('close', cut))
    content.write(headOf(context, request))
    connection.isStoring = true
    this.#stored = this.#reception.store(content)
    let release: (() => void) | undefined
    const goOn = () => {
      release?.()
      release = undefined
    }
    content.on('drain', goOn).once('close', goOn)
    return new Writable({
      // The library keeps pieces in order only where it need not wait: the connection waits instead.
      highWaterMark: Number.MAX_SAFE_INTEGER,
      write: (chunk: Buffer, _, done) => {
        if (!content.destroyed && !content.write(chunk)) release ??= connection.hold()
        done()
      },
      final: (done) => {
        content.end()
        done()
      },
    })
  }

  /** The answer waits until it is on the disk; what comes meanwhile waits too. */
  override createDatasetFromStoreWritableStream(
    _object: Writable,
    _context: association.PresentationContext,
    callback: (dataset: Dataset) => void,
  ): void {
    const release = this.#connection.hold()
    const answer = (isStored: boolean | undefined) => {
      this.#isStored = isStored === true
      callback(new dimse.Dataset())
      this.#connection.isStoring = false
      release()
    }
    Promise.resolve(this.#stored).then(answer, () => this.#connection.abort())
  }
}

const rejections = {
  'called-ae-unknown': {
    result: RejectResult.Permanent,
    source: RejectSource.ServiceUser,
    reason: RejectReason.CalledAeNotRecognized,
  },
  'calling-ae-not-allowed': {
    result: RejectResult.Permanent,
    source: RejectSource.ServiceUser,
    reason: RejectReason.CallingAeNotRecognized,
  },
  'too-many-associations': {
    result: RejectResult.Transient,
    source: RejectSource.ServiceProviderPresentation,
    reason: RejectReason.LocalLimitExceeded,
  },
} as const satisfies Record<SenderRefusal, unknown>

/** Every storage class, since whole studies are sent; of the syntaxes we read, the sender's first. */
function decide(context: association.PresentationContext): void {
  const abstractSyntax = context.getAbstractSyntaxUid()
  if (abstractSyntax !== verification && !storage.test(abstractSyntax)) {
    context.setResult(PresentationContextResult.RejectAbstractSyntaxNotSupported)
    return
  }
  const readable = context
    .getTransferSyntaxUids()
    .find((uid) => transferSyntaxOf(uid).pixels !== undefined)
  if (readable) context.setResult(PresentationContextResult.Accept, readable)
  else context.setResult(PresentationContextResult.RejectTransferSyntaxesNotSupported)
}

/** Throws where the object is of no accepted context, or its command names none. */
function headOf(context: association.PresentationContext, request: requests.CStoreRequest): Buffer {
  const sopClassUID: unknown = request.getAffectedSopClassUid()
  const sopInstanceUID: unknown = request.getAffectedSopInstanceUid()
  const transferSyntaxUID = context.getAcceptedTransferSyntaxUid()
  const isAccepted = context.getResult() === PresentationContextResult.Accept
  if (!isAccepted || !transferSyntaxUID || context.getAbstractSyntaxUid() !== sopClassUID) {
    throw new Error('not of an accepted presentation context')
  }
  if (!isUid(sopClassUID) || !isUid(sopInstanceUID)) throw new Error('not a UID')
  return part10Head({ sopClassUID, sopInstanceUID, transferSyntaxUID })
}

const isUid = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= 64 && /^\d+(\.\d+)+$/.test(text)
