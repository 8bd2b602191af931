package io.namespend.reporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "namespace:cost:sum1h | namespace:cost:sum1h{job=\"\"}",
        "sum(team:cost:sum1h{} offset 1w) | sum(team:cost:sum1h{job=\"\"} offset 1w)",
        "pool:cost:sum1h{pool=\"idle\"}[1h:5m] | pool:cost:sum1h{job=\"\",pool=\"idle\"}[1h:5m]",
        "a:b:c{x=~\"}d:e:f{\",y='\\\\'}'} | a:b:c{job=\"\",x=~\"}d:e:f{\",y='\\\\'}'}",
        "a:b:c{job=\"x\"} + a:b:c{ job = \"\" } | a:b:c{job=\"x\"} + a:b:c{ job = \"\" }",
        "a:b:c{myjob=\"x\"} | a:b:c{job=\"\",myjob=\"x\"}",
        "namespend_budget{scope=\"team\"} |"
            + " namespend_budget{job=~\"(namespend.*)?\",scope=\"team\"}",
        "namespend_exporter:excluded:bool | namespend_exporter:excluded:bool",
        "label_replace(up, \"a:b:c\", 'd:e:f', \"\", \"\") | label_replace(up, \"a:b:c\", 'd:e:f',"
            + " \"\", \"\")",
        "sum by (namespace) (up{job=\"node\"}) | sum by (namespace) (up{job=\"node\"})"
      })
  void seriesOfOursAreReadFromWhereTheyComeFrom(String question, String guarded) {
    assertThat(Origin.of(question)).isEqualTo(guarded);
  }
}
