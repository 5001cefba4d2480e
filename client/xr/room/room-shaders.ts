export const roomVertex = `
precision highp float;
attribute vec3 position;
uniform mat4 world;
uniform mat4 viewProjection;
varying vec3 vLocal;
void main() {
  vLocal = position;
  gl_Position = viewProjection * world * vec4(position, 1.0);
}`

/** Noise of less than one step of eight bits: dark gradients show no bands. */
const dither = `
float dither(vec2 pixel) {
  return (fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5) / 255.0;
}`

/** A disc of 6 m, radius in its own x and y: fading outwards, with rings a metre apart. */
export const floorFragment = `
precision highp float;
varying vec3 vLocal;
${dither}
void main() {
  float radius = length(vLocal.xy);
  float fade = 1.0 - smoothstep(1.0, 6.0, radius);
  float width = max(fwidth(radius), 0.004);
  float ring = 1.0 - smoothstep(0.0, 1.5 * width, abs(fract(radius + 0.5) - 0.5));
  ring *= step(0.5, radius) * min(1.0, 0.02 / width);
  vec3 colour = mix(vec3(0.055, 0.075, 0.098), vec3(0.098, 0.125, 0.157), fade);
  colour += vec3(0.05, 0.06, 0.075) * ring * fade;
  gl_FragColor = vec4(colour + dither(gl_FragCoord.xy), 1.0);
}`

/** Darker above and below, a faint line of light where they meet. */
export const skyFragment = `
precision highp float;
varying vec3 vLocal;
${dither}
void main() {
  float height = normalize(vLocal).y;
  vec3 low = vec3(0.055, 0.075, 0.098);
  vec3 high = vec3(0.047, 0.063, 0.086);
  vec3 colour = mix(low, high, smoothstep(0.0, 0.5, height));
  float line = 1.0 - smoothstep(0.0, max(fwidth(height) * 1.2, 0.0025), abs(height));
  colour += vec3(0.075, 0.095, 0.12) * exp(-abs(height) * 22.0) * 0.45 + vec3(0.09, 0.11, 0.135) * line;
  gl_FragColor = vec4(colour + dither(gl_FragCoord.xy), 1.0);
}`
