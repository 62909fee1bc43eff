// Says that the session has ended, and that it goes on once the user has logged in again, here or in another tab.
export function sessionEnded() {
  const notice = document.getElementById("session");
  if (!notice) return;
  notice.querySelector("a").href = location.href;
  notice.hidden = false;
}

export function sessionGoesOn() {
  const notice = document.getElementById("session");
  if (notice) notice.hidden = true;
}

// A stream that the server refuses does not say why.
export async function checkSession() {
  const { status } = await fetch("dashboard/rows", { headers: { Accept: "text/html" } });
  if (status === 401) sessionEnded();
}
