/**
 * What the engine keeps, in PostgreSQL through Hibernate Reactive's stateless sessions. Rules live elsewhere: a class here
 * knows its table and its locks. Everything takes the session of the transaction that it is part of, and most writes of
 * a transaction go out as one statement ({@code store.sql}).
 */
package dev.sluice.engine.postgres;
