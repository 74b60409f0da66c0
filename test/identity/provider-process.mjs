/** A real OpenID Connect provider in a process of its own. Its keys come by the environment, so that it can be begun again with others. */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const port = Number(process.env.PROVIDER_PORT ?? 0);
const server = createServer((request, response) => handle(request, response));
let handle;

server.listen(port, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    jwks: JSON.parse(process.env.PROVIDER_JWKS),
    cookies: { keys: ['a key of this test'] },
    clients: [
      {
        client_id: 'inbox',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/back'],
        id_token_signed_response_alg: 'ES256',
      },
      {
        client_id: 'd10-oa',
        client_secret: 'a secret of this test',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: '',
          audience: resource.replace('https://', ''),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
        useGrantedResource: () => true,
      },
    },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
  handle = provider.callback();
  console.log(`listening as ${issuer}`);
});
