import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('catalogue_books')
export class Book {
  @PrimaryColumn({ type: 'varchar' })
  isbn: string;

  @Column({ type: 'varchar' })
  title: string;

  @Column({ type: 'integer' })
  timesLent: number;
}
