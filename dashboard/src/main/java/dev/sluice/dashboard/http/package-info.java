/** The dashboard's entrances: the stream, what is remembered, what is passed on to the engine, and the page. */
package dev.sluice.dashboard.http;
