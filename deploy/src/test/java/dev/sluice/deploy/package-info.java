/** What is in this folder for clusters, held against the services: the chart, and Strimzi's resources. */
package dev.sluice.deploy;
