package io.namespend.reporter.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class GlAccountsTest {
  @Test
  void theMostTellingRuleWins() {
    GlAccounts accounts =
        GlAccounts.parse(
            """
            cost_center,resource,pool,gl_account
            cc-1,cpu,,6010
            cc-1,,,6000
            ,cpu,,7010
            ,,idle,7090
            ,,,9999
            """);

    assertThat(accounts.of(line("cc-1", Item.ofResource("cpu")))).contains("6010");
    assertThat(accounts.of(line("cc-1", Item.ofPool("idle")))).contains("6000");
    assertThat(accounts.of(line("cc-2", Item.ofResource("cpu")))).contains("7010");
    assertThat(accounts.of(line("cc-2", Item.ofPool("cpu")))).contains("9999");
    assertThat(accounts.of(line("", Item.ofPool("idle")))).contains("7090");
  }

  @Test
  void withoutARuleThereIsNoAccount() {
    assertThat(GlAccounts.none().of(line("cc-1", Item.ofPool("idle")))).isEmpty();
  }

  @Test
  void saysAllThatIsWrong() {
    assertThatThrownBy(
            () ->
                GlAccounts.parse(
                    """
                    gl_account,cost_center,resource,pool
                    6000,cc-1,cpu,idle
                    ,cc-1,,
                    6000,cc-2,,
                    6001,cc-2,,
                    6002,cc-2
                    """))
        .hasMessage(
            """
            line 2: resource is "cpu" and pool is "idle"; a line has one or the other
            line 3: gl_account is empty; give an account, or leave the line out
            line 5: the same was mapped to "6000" before; keep one of both
            line 6: 2 cells; there must be 4\
            """);
  }

  @Test
  void refusesOtherColumns() {
    assertThatThrownBy(() -> GlAccounts.parse("cost_center,account\n"))
        .hasMessage(
            "line 1: columns are \"cost_center,account\"; they must be"
                + " cost_center,resource,pool,gl_account");
    assertThatThrownBy(() -> GlAccounts.parse("")).hasMessageStartingWith("line 1: columns are");
  }

  private static LineKey line(String costCenter, Item item) {
    return new LineKey(new Owner(costCenter, "a", ""), "", "a", item);
  }
}
