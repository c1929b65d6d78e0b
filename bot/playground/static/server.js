// The way to the server, and the line of words that says when it failed.
export const here = document.body.dataset;

export async function send(route, content = {}) {
  const answer = await fetch(`/playground/${route}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user: here.user, ...content }),
  });
  if (!answer.ok) throw new Error(`The playground answered ${answer.status}.`);
}

export function say(words) {
  const line = document.createElement("p");
  line.className = "notice";
  line.textContent = words;
  document.querySelector(".notices").replaceChildren(...(words ? [line] : []));
}
