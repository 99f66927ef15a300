// A real OpenID Connect provider: node provider.mjs PORT REDIRECT_ADDRESS. Whoever signs in is who they say they are.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "console", client_secret: "a secret of the tests", redirect_uris: [redirect] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["a key of the tests"] },
  findAccount: async (context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, email: `${id.replace("unverified-", "")}@example.org`, email_verified: !id.startsWith("unverified-") }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
