import { type FieldProblem, ValidationFailed } from '@aitbc/modulith';
import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

/** Turns bodies and queries into instances of their classes; refuses unknown fields and says which field is wrong. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new ValidationFailed(fieldProblems(errors)),
  });
}

/** class-validator's tree as a flat list whose fields are paths: `task.args.0`. */
export function fieldProblems(errors: readonly ValidationError[], prefix = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = prefix ? `${prefix}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...fieldProblems(error.children ?? [], field)];
  });
}
