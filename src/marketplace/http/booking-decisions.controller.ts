import { ApiProblems, ParseUuid } from '@aitbc/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import { BookingView, DecideBooking } from '../contract/index.js';

class DecideBookingBody extends OmitType(DecideBooking, ['bookingId'] as const) {}

@ApiTags('admin')
@ApiBearerAuth()
@Controller('v1/admin/bookings')
export class BookingDecisionsController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/decision')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Decide a dispute',
    description: 'By amount (`providerGross`) or by share (`providerShare`). The client gets the rest back.',
  })
  @ApiOkResponse({ type: BookingView })
  @ApiProblems(400, 401, 403, 404, 409, 422)
  decide(@Param('id', ParseUuid) bookingId: string, @Body() body: DecideBookingBody) {
    return this.commands.execute(DecideBooking.of({ ...body, bookingId }));
  }
}
