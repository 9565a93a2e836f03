//! What the page that embeds the widget hears of each step, through `onEvent`.

codes! {
    /// Names of what a host page hears. None of them comes with what was typed, searched for or read.
    pub enum HostEventName {
        /// The widget is open and shows its first screen.
        Opened = "OPENED",
        /// The widget goes on where the session stands: loaded anew, or back from its own tab.
        Resumed = "RESUMED",
        /// The customer agreed to what is read.
        ConsentGiven = "CONSENT_GIVEN",
        /// The customer chose an institution.
        InstitutionSelected = "INSTITUTION_SELECTED",
        /// The customer changed to another way to sign in.
        MethodSelected = "METHOD_SELECTED",
        /// The sign-in form was sent.
        CredentialsSubmitted = "CREDENTIALS_SUBMITTED",
        /// The institution asks one thing more.
        ChallengeShown = "CHALLENGE_SHOWN",
        /// The answer to a question was sent.
        ChallengeAnswered = "CHALLENGE_ANSWERED",
        /// The customer asked for another code.
        CodeRequested = "CODE_REQUESTED",
        /// The institution's own page was opened.
        WindowOpened = "WINDOW_OPENED",
        /// The browser did not let the institution's own page open.
        WindowBlocked = "WINDOW_BLOCKED",
        /// The customer went on in a tab of its own, where the address can be seen.
        TabOpened = "TAB_OPENED",
        /// The institution is at work, or the customer is elsewhere.
        Waiting = "WAITING",
        /// The accounts are shown.
        AccountsShown = "ACCOUNTS_SHOWN",
        /// An account was picked that holds less than the charge.
        FundsLow = "FUNDS_LOW",
        /// The chosen accounts were sent.
        AccountsSubmitted = "ACCOUNTS_SUBMITTED",
        /// Connected; `onSuccess` hears the rest.
        Connected = "CONNECTED",
        /// Something went wrong, and the customer reads it.
        ProblemShown = "PROBLEM_SHOWN",
        /// The customer took a way out of a problem.
        RemedyChosen = "REMEDY_CHOSEN",
        /// The customer went back.
        WentBack = "WENT_BACK",
        /// The customer was asked whether to leave in the middle.
        LeaveAsked = "LEAVE_ASKED",
        /// The network is gone; the widget tries again by itself.
        ConnectionLost = "CONNECTION_LOST",
        /// The network is back.
        ConnectionRestored = "CONNECTION_RESTORED",
        /// The widget is closing; `onClose` follows.
        Closed = "CLOSED",
    }
}
