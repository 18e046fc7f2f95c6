import gateway from './messages/en-US/gateway.json';
import platform from './messages/en-US/platform.json';
import shell from './messages/en-US/shell.json';

const messages: Record<string, string> = { ...shell, ...gateway, ...platform };
export default messages;
