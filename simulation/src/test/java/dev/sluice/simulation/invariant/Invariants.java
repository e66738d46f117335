package dev.sluice.simulation.invariant;

import java.util.List;

/** All of them, fresh for one run. */
public final class Invariants {
    private Invariants() {}

    public static List<Invariant> all() {
        return List.of(
                new FenceNeverGoesBack(),
                new WeightsAreWhatWasOrdered(),
                new WhatIsOrderedBesideIsThere(),
                new WhatIsReadIsWhatIsFelt(),
                new EverythingElseSurvives(),
                new NobodyIsKeptWithoutTraffic(),
                new NextVersionIsShownFirst(),
                new PausedObjectsAreLeftAlone(),
                new NothingIsWrittenWhereAnotherDecides(),
                new TheFirstWeightWaitsForItsCheck(),
                new RaisesWaitForTheirShare(),
                new RaisesGoOnOnceSharesAgree(),
                new NoRaiseWaitsForWhatWasAskedFor(),
                new NoRaiseAfterAnAbort(),
                new NothingBesideOnTheWayBack(),
                new NoRaiseWhileFrozen(),
                new OneRolloutAtATime(),
                new SupersededRolloutsLeaveNothing(),
                new BeforeAndAfterAreWaitedFor(),
                new RetriesLeaveWhatWasPromoted(),
                new UndoesGoBack(),
                new ApprovalsNeedTheirPeople(),
                new LockstepIsKept(),
                new GroupsGoBackTogether(),
                new AnAbortStopsWhatCameBefore(),
                new FirstDeploymentsAreCertain(),
                new NothingPassesUnseen(),
                new WebhooksPassByTheirAnswers(),
                new EachCallHasItsKey(),
                new OrdersWaitForNobody(),
                new NobodyFightsWithoutEnd(),
                new ReleasesComeThrough(),
                new EveryOrderIsAnswered(),
                new NoOrderInForceIsForgotten(),
                new OneHolderPerRoute(),
                new TheNextRolloutKeepsLiveTraffic(),
                new BeginsWithTheLiveBackend(),
                new OneEndPerTarget(),
                new OneGenerationPerTarget(),
                new EachCommandWorksOnce(),
                new EachRecordIsTakenOnce(),
                new NoVerdictCountsTwice(),
                new NoWakeUpStaysDue(),
                new OnlyReadyCanariesAreRaised(),
                new OnlyWhatIsTrueIsJudged(),
                new NothingCommittedIsLost(),
                new StatusGoesForward(),
                new EveryRolloutEndsOrWaits(),
                new NothingIsLeftBeside(),
                new RoutesAreWhereTheOutcomeSays());
    }
}
