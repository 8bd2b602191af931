package lint

import "errors"

// Stands in for the rules of LogQL, whose parser is all of Loki. Our dashboards ask Prometheus only, for which
// these rules do nothing.

func parseLogQL(string, []Template) (any, error) {
	return nil, errors.New("this build has no LogQL")
}

func NewTargetLogQLAutoRule() *TargetRuleFunc {
	return &TargetRuleFunc{
		name:        "target-logql-auto-rule",
		description: "Left out of this build.",
		fn: func(Dashboard, Panel, Target) TargetRuleResults {
			return TargetRuleResults{}
		},
	}
}
