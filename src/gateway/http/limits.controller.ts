import { View } from '@aitbc/modulith';
import { type LimitName, limitNames, Limits, limits } from '@aitbc/platform';
import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';

class LimitView extends View {
  @ApiProperty({ type: String, example: 'offers-per-user' }) name: LimitName;
  @ApiProperty({ example: 1000, description: 'The most that you may have' }) most: number;
  @ApiProperty({ example: 'Offers on the market: available, reserved or in use.' }) meaning: string;
}

class LimitsView extends View {
  @ApiProperty({ type: [LimitView] }) items: LimitView[];
}

@ApiTags('account')
@ApiBearerAuth()
@Controller('v1/limits')
export class LimitsController {
  constructor(private readonly limits: Limits) {}

  @Get()
  @ApiOperation({
    summary: 'Read your limits',
    description:
      'How much you may have of what. What goes past a limit is answered with 409 `limit_reached`, which names it.',
  })
  @ApiOkResponse({ type: LimitsView })
  async listLimits(): Promise<LimitsView> {
    const items = limitNames.map(async (name) =>
      LimitView.of({ name, most: await this.limits.of(name), meaning: limits[name].meaning }),
    );
    return LimitsView.of({ items: await Promise.all(items) });
  }
}
