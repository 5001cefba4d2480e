import { describe, expect, it } from 'vitest'
import { countingShader } from './counting-shader.ts'

const marching = `#version 300 es
#line 7
precision highp float;
uniform highp sampler3D volume, overlay;
uniform highp sampler3D bricks[2];
uniform sampler2D colours;
uniform vec3 rayDir;
layout(location = 0) out vec4 fColor;
void main(void) {
  vec4 tissue = texture( volume, rayDir) + textureLod(bricks[1], rayDir, 0.0);
  fColor = texture(colours, tissue.xy);
}`

describe('countingShader', () => {
  it('counts reads of 3D textures, of whichever form, and no others', () => {
    const counted = countingShader(marching) ?? ''
    expect(counted).toContain('countedRead( volume, rayDir)')
    expect(counted).toContain('countedRead(bricks[1], rayDir, 0.0)')
    expect(counted).toContain('texture(colours, tissue.xy)')
  })

  it('puts the count where the colour was', () => {
    const counted = countingShader(marching) ?? ''
    expect(counted).toContain('void uncountedMain() {')
    expect(counted.match(/void main\(\)/g)).toHaveLength(1)
    expect(counted.slice(counted.indexOf('void main()'))).toContain('fColor = vec4(float(readsOf3D')
  })

  it('keeps the version first', () => {
    expect(countingShader(marching)?.startsWith('#version 300 es\n')).toBe(true)
  })

  it('leaves a shader alone that casts no rays, or reads no 3D texture', () => {
    expect(countingShader(marching.replaceAll('rayDir', 'texel'))).toBeUndefined()
    expect(countingShader(marching.replaceAll('sampler3D', 'sampler2D'))).toBeUndefined()
  })
})
