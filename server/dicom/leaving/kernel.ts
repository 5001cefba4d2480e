/** Names that the makers give reconstruction kernels; anything else may be free text. */
const patterns: readonly RegExp[] = [
  /^(SOFT|STANDARD|DETAIL|BONE|BONEPLUS|BONE\+|LUNG|EDGE|CHEST|ULTRA)$/, // GE
  /^[ABCDEFHIKLTU][a-z]?\d{2}[a-z]?$/, // Siemens: B30f, Br40d
  /^(A|B|C|D|E|F|L|EA|EB|EC|IA|IB|IC|UA|UB|UC|UD|YA|YB|YC|YD|YE|YL)$/, // Philips
  /^FC\d{2}$/, // Canon
]

/** Undefined for what is not a known kernel name. */
export function kernelCode(convolutionKernel: string | undefined): string | undefined {
  return patterns.some((pattern) => pattern.test(convolutionKernel ?? ''))
    ? convolutionKernel
    : undefined
}

/** In words where the name is one. */
export function kernelWords(code: string): string {
  return /^[A-Z]{4,}\+?$/.test(code) ? `${code.toLowerCase()} kernel` : `kernel ${code}`
}
