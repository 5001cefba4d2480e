/** Lays the volume's picture, drawn beforehand, into the scene, at the depth it was seen at. */
export const pictureFragment = /* glsl */ `#version 300 es
precision highp float;
precision highp sampler2D;

in vec3 patientMm;
out vec4 laid;

uniform sampler2D volumePicture;
uniform sampler2D volumeDepth;
uniform vec2 targetOrigin;
uniform vec2 targetSize;

void main() {
  vec2 at = (gl_FragCoord.xy - targetOrigin) / targetSize;
  laid = textureLod(volumePicture, at, 0.0);
  if (laid == vec4(0.0)) discard;
  gl_FragDepth = textureLod(volumeDepth, at, 0.0).r;
}
`
