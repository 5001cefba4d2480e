/** The volume's box: its corners are in patient mm already, so that a sheared box needs no sheared node. */
export const boxVertex = /* glsl */ `#version 300 es
precision highp float;
in vec3 position;
uniform mat4 worldViewProjection;
out vec3 patientMm;
void main() {
  patientMm = position;
  gl_Position = worldViewProjection * vec4(position, 1.0);
}
`
