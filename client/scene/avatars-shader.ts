/**
 * Bodies in one colour each, lit from above and a little along their edge, so that their shape is
 * seen without a lamp. `tint.a` below 1 lets so much of it through, dot by dot: nothing has to be
 * sorted. With LETTERS the colour is laid on through a cell of a picture of words.
 */
export const avatarVertex = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
attribute vec2 uv;
attribute vec4 tint;
attribute vec4 cell;
#include<instancesDeclaration>
uniform mat4 viewProjection;
varying vec3 vNormal;
varying vec3 vPlace;
varying vec2 vUv;
varying vec4 vTint;
void main() {
  #include<instancesVertex>
  vec4 place = finalWorld * vec4(position, 1.0);
  mat3 shape = mat3(finalWorld);
  vec3 squared = vec3(dot(shape[0], shape[0]), dot(shape[1], shape[1]), dot(shape[2], shape[2]));
  vNormal = shape * (normal / squared);
  vPlace = place.xyz;
  vTint = tint;
  vUv = cell.xy + uv * cell.zw;
  gl_Position = viewProjection * place;
}`

export const avatarFragment = `
precision highp float;
varying vec3 vNormal;
varying vec3 vPlace;
varying vec2 vUv;
varying vec4 vTint;
uniform vec3 cameraPosition;
#ifdef LETTERS
uniform sampler2D letters;
#endif
void main() {
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  if (vTint.a <= noise) discard;
#ifdef LETTERS
  gl_FragColor = vec4(vTint.rgb, texture2D(letters, vUv).a);
#else
  vec3 normal = normalize(vNormal);
  float above = 0.5 + 0.5 * normal.y;
  float edge = 1.0 - abs(dot(normal, normalize(cameraPosition - vPlace)));
  gl_FragColor = vec4(vTint.rgb * (mix(0.42, 0.95, above) + 0.3 * edge * edge), 1.0);
#endif
}`
