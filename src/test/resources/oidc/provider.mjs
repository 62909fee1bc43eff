// An OpenID provider (npm oidc-provider, certified) whose users are named after their groups: "ada-operator" is an
// operator. Tokens of users who begin with "brief" end after two seconds.
// Arguments: the port, and a file for the keys, so that they outlive a restart.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";
import Provider from "oidc-provider";

const [port, keyFile] = process.argv.slice(2);
const issuer = `http://localhost:${port}`; // another site than 127.0.0.1
if (!existsSync(keyFile)) {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  writeFileSync(keyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: "one", alg: "RS256", use: "sig" }));
}
const key = JSON.parse(readFileSync(keyFile));

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "sluice",
      client_secret: "a-secret-of-at-least-thirty-two-characters",
      redirect_uris: ["http://127.0.0.1/login"],
      grant_types: ["authorization_code", "refresh_token"],
    },
    {
      client_id: "erp",
      client_secret: "another-secret-of-thirty-two-characters",
      redirect_uris: [],
      response_types: [],
      grant_types: ["client_credentials"],
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ["test"] },
  claims: { profile: ["preferred_username", "groups", "channels"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (ctx, resource) => ({
        scope: "",
        audience: resource.replace("urn:", ""),
        accessTokenFormat: "jwt",
      }),
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Log out here</button>`;
      },
    },
  },
  extraTokenClaims: () => ({ groups: ["integrator"], channels: ["webshop"] }),
  issueRefreshToken: () => true,
  ttl: { IdToken: (ctx) => (ctx.oidc.account?.accountId.startsWith("brief") ? 2 : 3600) },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id, groups: id.split("-").slice(1), channels: [] }),
  }),
  loadExistingGrant: async (ctx) => {
    const { clientId } = ctx.oidc.client;
    const grant = new ctx.oidc.provider.Grant({ clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
});
// The tests' port is not known in advance.
provider.Client.prototype.redirectUriAllowed = (uri) => new URL(uri).pathname === "/login";
provider.Client.prototype.postLogoutRedirectUriAllowed = (uri) => new URL(uri).pathname === "/logged-out";

// Its pages ask another site for a font, and have no icon.
provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === "/favicon.ico") ctx.status = 204;
  if (typeof ctx.body === "string") ctx.body = ctx.body.replace(/@import url\(https:[^)]*\);/, "");
});

// Signs any claims with the provider's key.
provider.use(async (ctx, next) => {
  if (ctx.path !== "/test/sign") return next();
  const claims = JSON.parse(ctx.query.claims);
  ctx.body = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(await importJWK(key));
});
provider.listen(port, "localhost", () => console.log("ready"));
