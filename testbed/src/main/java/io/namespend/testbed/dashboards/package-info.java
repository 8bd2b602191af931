/** The dashboards as Grafana reads them: panels, variables, and what they ask Prometheus. */
@NullMarked
package io.namespend.testbed.dashboards;

import org.jspecify.annotations.NullMarked;
