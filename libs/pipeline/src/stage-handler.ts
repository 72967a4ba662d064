import { type ArgumentsHost, Catch, type RpcExceptionFilter, UseFilters, applyDecorators } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import type { EventContract } from '@wireroom/contracts';
import { type Observable, throwError } from 'rxjs';

/** Hands a handler's error on as it is; Nest's own filter would turn it into "Internal server error". */
@Catch()
class PassOn implements RpcExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Marks a method as the rules of a stage: it gets a StageEvent, a validated event with the item's stored
 * head where there is one, and returns an Outcome. One handler a topic; a second one is refused at start.
 */
export function StageHandler(hears: EventContract): MethodDecorator {
  return applyDecorators(MessagePattern(hears.topic), UseFilters(PassOn));
}
