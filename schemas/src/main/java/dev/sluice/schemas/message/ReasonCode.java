package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a target stands where it stands: a closed list, for grouping and alerts. */
public enum ReasonCode {
    DEPENDENCY_PENDING("DependencyPending"),
    LOCKSTEP_PENDING("LockstepPending"),
    BEGINNING("Beginning"),
    CHECK_FAILED("CheckFailed"),
    WEIGHT_ORDERED("WeightOrdered"),
    WEIGHT_APPLIED("WeightApplied"),
    WAITING_FOR_ENDPOINTS("WaitingForEndpoints"),
    TIMED_PAUSE("TimedPause"),
    APPROVAL_PENDING("ApprovalPending"),
    ANALYSIS_RUNNING("AnalysisRunning"),
    WEBHOOK_RUNNING("WebhookRunning"),
    OPERATOR_PAUSED("OperatorPaused"),
    ANALYSIS_INCONCLUSIVE("AnalysisInconclusive"),
    JUDGEMENT_PENDING("JudgementPending"),
    SHARE_DISAGREES("ShareDisagrees"),
    WINDOW_CLOSED("WindowClosed"),
    FROZEN("Frozen"),
    FENCE_RAISED("FenceRaised"),
    FINALIZE_PENDING("FinalizePending"),
    HANDING_BACK("HandingBack"),
    ENDING("Ending"),
    PROMOTED("Promoted"),
    FIRST_DEPLOYMENT("FirstDeployment"),
    ANALYSIS_FAILED("AnalysisFailed"),
    WEBHOOK_FAILED("WebhookFailed"),
    APPROVAL_EXPIRED("ApprovalExpired"),
    ORDER_TIMED_OUT("OrderTimedOut"),
    ORDER_REFUSED("OrderRefused"),
    ENDPOINTS_LOST("EndpointsLost"),
    TAKEN_BACK("TakenBack"),
    REJECTED("Rejected"),
    ABORTED("Aborted"),
    SUPERSEDED("Superseded"),
    GROUP_WENT_BACK("GroupWentBack"),
    WORKLOAD_CHANGED("WorkloadChanged"),
    AFTER_DEPLOYMENT_FAILED("AfterDeploymentFailed"),
    ABANDONED("Abandoned"),
    DEPENDENCY_FAILED("DependencyFailed"),
    ROLLBACK_DEGRADED("RollbackDegraded"),
    ROLLBACK_HELD("RollbackHeld"),
    ROUTE_TAKEN_OVER("RouteTakenOver");

    private final String word;

    ReasonCode(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
