const sampling = /\btexture(?:Lod)?\s*\(\s*(\w+)/g
const samplers = /uniform\s+(?:(?:low|medium|high)p\s+)?sampler3D\s+([^;]+);/g
const output = /\bout\s+(?:(?:low|medium|high)p\s+)?vec4\s+(\w+)\s*;/

const counter = `
highp int readsOf3D = 0;
highp vec4 countedRead(highp sampler3D voxels, highp vec3 at) {
  readsOf3D++;
  return texture(voxels, at);
}
highp vec4 countedRead(highp sampler3D voxels, highp vec3 at, highp float level) {
  readsOf3D++;
  return textureLod(voxels, at, level);
}
`

/**
 * The fragment shader (GLSL ES 3.00) with its colour replaced by how often it read a 3D texture,
 * red + 256 × green, 0…255 each. Undefined for a shader that reads none or casts no rays: those that
 * prepare textures must do their work. A pixel that is discarded stays what it was.
 */
export function countingShader(fragment: string): string | undefined {
  const names = [...fragment.matchAll(samplers)].flatMap(([, list = '']) =>
    list.split(',').map((name) => name.replace(/\[.*/s, '').trim()),
  )
  const colour = output.exec(fragment)?.[1]
  if (names.length === 0 || !colour || !/\bray/i.test(fragment)) return undefined
  const head = fragment.search(/^(?!#version|#extension|\s*(?:\/\/|precision\b|$))/m)
  const counted = fragment
    .slice(head)
    .replace(sampling, (read, name: string) =>
      names.includes(name) ? read.replace(/^texture(?:Lod)?/, 'countedRead') : read,
    )
    .replace(/\bvoid\s+main\s*\(\s*(?:void)?\s*\)/, 'void uncountedMain()')
  return `${fragment.slice(0, head)}${counter}${counted}
void main() {
  uncountedMain();
  ${colour} = vec4(float(readsOf3D & 255), float(readsOf3D >> 8), 0.0, 255.0) / 255.0;
}
`
}
