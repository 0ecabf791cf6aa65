// Loaded as a file, because the page allows no inline scripts. "Try it out" works with the session of the sign-in.
window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
