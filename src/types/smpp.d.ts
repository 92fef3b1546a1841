// The package has no types of its own. Only what Forbear uses is declared, as SMPP 3.4 names it.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  export interface DecodedMessage {
    /** Each element of the user data header: identifier, length, data. */
    udh?: Buffer[];
    message: string | Buffer;
  }

  export interface PDU {
    command: string;
    command_status: number;
    sequence_number: number;
    esm_class?: number;
    data_coding?: number;
    source_addr?: string;
    destination_addr?: string;
    registered_delivery?: number;
    message_id?: string;
    system_id?: string;
    password?: string;
    short_message?: DecodedMessage;
    message_payload?: DecodedMessage;
    receipted_message_id?: string;
    message_state?: number;
    response(options?: Record<string, unknown>): PDU;
  }

  type Fields = Record<string, string | number | Buffer | undefined>;
  type Answered = (pdu: PDU) => void;

  export class Session extends EventEmitter {
    /** False when the socket is closed: nothing was written. */
    send(pdu: PDU): boolean;
    bind_transceiver(fields: Fields, answered: Answered): boolean;
    submit_sm(fields: Fields, answered: Answered): boolean;
    deliver_sm(fields: Fields, answered: Answered): boolean;
    enquire_link(answered?: Answered): boolean;
    unbind(answered?: Answered): boolean;
    close(done?: () => void): void;
    destroy(done?: () => void): void;
  }

  export interface Server extends NetServer {
    sessions: Session[];
  }

  export function createServer(listener: (session: Session) => void): Server;
  export function connect(options: { host: string; port: number; tls?: boolean }): Session;

  export const encodings: {
    ASCII: { match(text: string): boolean; encode(text: string): Buffer };
    UCS2: { encode(text: string): Buffer };
  };
}
