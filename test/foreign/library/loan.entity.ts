import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('lending_loans')
export class Loan {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar' })
  isbn: string;

  @Column({ type: 'varchar' })
  reader: string;
}
