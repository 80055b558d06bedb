// Launches, asks every intent, says a sample of each, and ends sessions; prints each answer as a line of JSON.
// node client.cjs URL MODEL LOCALE, with NODE_PATH naming where virtual-alexa is installed.
const { readFileSync } = require("node:fs");
const { VirtualAlexa } = require("virtual-alexa");

const [url, modelFile, locale] = process.argv.slice(2);
const language = JSON.parse(readFileSync(modelFile, "utf8")).interactionModel.languageModel;
const firstOf = Object.fromEntries(language.types.map((type) => [type.name, type.values[0].name.value]));
const fillers = { "AMAZON.NUMBER": "5", "AMAZON.SearchQuery": "my back hurts" };

function newEcho() {
  return VirtualAlexa.Builder().skillURL(url).interactionModelFile(modelFile).locale(locale).create();
}

function tell(asked, answer) {
  console.log(JSON.stringify({ asked, answer }));
}

async function main() {
  tell("launch", await newEcho().launch());
  for (const intent of language.intents) {
    const echo = newEcho();
    await echo.launch();
    const slots = {};
    for (const slot of intent.slots ?? []) slots[slot.name] = firstOf[slot.type] ?? fillers[slot.type];
    tell(intent.name, await echo.intend(intent.name, slots));
  }
  for (const utterance of ["ice or heat", "body scan for 5 minutes", "stop"]) {
    const echo = newEcho();
    await echo.launch();
    tell(utterance, await echo.utter(utterance));
  }
  const echo = newEcho();
  await echo.launch();
  tell("end", (await echo.endSession()) ?? null);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
