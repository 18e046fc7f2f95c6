// The official Anthropic SDK. node anthropic.mjs SCENARIO BASE_URL KEY MODEL → one line of JSON.
import Anthropic from '@anthropic-ai/sdk';
import { play } from './play.mjs';

const weather = {
  name: 'get_weather',
  description: 'Weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

await play((baseURL, apiKey, model) => {
  const client = new Anthropic({ baseURL, apiKey, maxRetries: 0 });
  const messages = [{ role: 'user', content: 'Hi there' }];
  const asked = { model, messages, max_tokens: 200 };

  return {
    async chat() {
      const { data, response } = await client.messages.create(asked).withResponse();
      return {
        text: data.content.map((block) => block.text ?? '').join(''),
        finish: data.stop_reason,
        input: data.usage.input_tokens,
        output: data.usage.output_tokens,
        provider: response.headers.get('x-switchyard-provider'),
        vendor: data.x_vendor,
      };
    },

    async stream() {
      const stream = client.messages.stream(asked);
      let pieces = 0;
      stream.on('text', () => pieces++);
      const message = await stream.finalMessage();
      return {
        text: message.content.map((block) => block.text ?? '').join(''),
        pieces,
        finish: message.stop_reason,
        input: message.usage.input_tokens,
        output: message.usage.output_tokens,
      };
    },

    async tools() {
      const first = await client.messages.create({ ...asked, tools: [weather] });
      const uses = first.content.filter((block) => block.type === 'tool_use');
      const second = await client.messages.create({
        ...asked,
        tools: [weather],
        messages: [
          ...messages,
          { role: 'assistant', content: first.content },
          { role: 'user', content: uses.map((use) => ({ type: 'tool_result', tool_use_id: use.id, content: 'sunny' })) },
        ],
      });
      return {
        finish: first.stop_reason,
        names: uses.map((use) => use.name),
        cities: uses.map((use) => use.input.city),
        text: second.content.map((block) => block.text ?? '').join(''),
      };
    },

    async streamedTools() {
      const message = await client.messages.stream({ ...asked, tools: [weather] }).finalMessage();
      const uses = message.content.filter((block) => block.type === 'tool_use');
      return { finish: message.stop_reason, calls: uses.map((use) => JSON.stringify(use.input)) };
    },

    async abort() {
      const stream = client.messages.stream(asked);
      let pieces = 0;
      stream.on('text', () => ++pieces === 2 && stream.abort());
      await stream.done().catch((error) => {
        if (!(error instanceof Anthropic.APIUserAbortError)) throw error;
      });
      return { pieces };
    },
  };
});
