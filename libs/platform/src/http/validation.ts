import { flattenValidationErrors, ValidationFailed } from '@aitbc/modulith';
import { ValidationPipe } from '@nestjs/common';

/** Turns bodies and queries into instances of their classes; refuses unknown fields and says which field is wrong. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new ValidationFailed(flattenValidationErrors(errors)),
  });
}
