/** Login and logout of people, by an OpenID provider. */
package io.sluice.dashboard.login;
