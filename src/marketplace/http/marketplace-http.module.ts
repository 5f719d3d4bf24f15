import { Module } from '@nestjs/common';
import { AdminBookingsController } from './admin-bookings.controller.js';
import { BookingsController } from './bookings.controller.js';
import { OffersController } from './offers.controller.js';

@Module({ controllers: [OffersController, BookingsController, AdminBookingsController] })
export class MarketplaceHttpModule {}
