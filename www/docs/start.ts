// Opens the reader on this server's own description. It only reads: no call is made from here, and
// nothing is fetched from elsewhere.

declare const SwaggerUIBundle: (options: Record<string, unknown>) => unknown;

SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#doors",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    supportedSubmitMethods: [],
    validatorUrl: null,
});
