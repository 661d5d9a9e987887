package import SyncCore

/// The questions of `duet init --advanced`, each with what happens where nothing is answered, and a look at all answers
/// before the file is written.
package struct SetupDialog: Sendable {
    private let dialog: ConnectDialog

    package init(_ dialog: ConnectDialog) {
        self.dialog = dialog
    }

    /// How often one question is asked before it is given up.
    private static let attemptsMax = 5

    /// `choices`: what was said beforehand; it is proposed.
    package func ask(_ choices: SetupChoices) throws(SyncError) -> SetupChoices {
        var choices = choices
        for question in Question.allCases { try self.ask(question, &choices) }
        for _ in 0..<100 {
            self.dialog.say("")
            for question in Question.allCases {
                self.dialog.say(
                    "  \(question.rawValue) \(question.title): \(question.shown(choices))"
                )
            }
            guard
                let answer = self.dialog.ask("Enter writes the file, a number changes one:", false)
            else { throw Self.unanswered }
            guard !answer.isEmpty else { return choices }
            guard let number = Int(answer), let question = Question(rawValue: number) else {
                self.dialog.say("  There is no number \(answer).")
                continue
            }
            try self.ask(question, &choices)
        }
        throw Self.unanswered
    }

    private func ask(_ question: Question, _ choices: inout SetupChoices) throws(SyncError) {
        self.dialog.say("")
        self.dialog.say(question.explanation)
        for _ in 0..<Self.attemptsMax {
            let proposal = question.shown(choices)
            guard let answer = self.dialog.ask("\(question.title) [\(proposal)]:", false) else {
                throw Self.unanswered
            }
            guard !answer.isEmpty else { return }
            do throws(SyncError) {
                return try question.take(answer, &choices)
            } catch {
                self.dialog.say("  \(error.cause) \(error.nextStep)")
            }
        }
        throw Self.unanswered
    }

    private static let unanswered = SyncError(
        code: .usage,
        cause: "Nothing was written: a question has no answer.",
        nextStep:
            "Run `duet init --advanced` in a terminal, or answer with options (`duet init --help`)."
    )
}

extension SetupDialog {
    /// What is asked, in this order.
    enum Question: Int, CaseIterable, Sendable {
        case segment = 1
        case createAs
        case creates
        case objects
        case allowance

        var title: String {
            switch self {
            case .segment: "Which contacts"
            case .createAs: "New HubSpot contacts become"
            case .creates: "People are made in"
            case .objects: "Also synced"
            case .allowance: "Share of Salesforce's calls"
            }
        }

        var explanation: String {
            switch self {
            case .segment:
                "All contacts can be synced, or those of one HubSpot segment. Whoever is left out is neither made nor "
                    + "written."
            case .createAs:
                "A HubSpot contact whom Salesforce lacks becomes a contact there, or a lead. Rules for each one can be "
                    + "written in the file."
            case .creates:
                "both: whom one CRM lacks is made there. salesforce: no HubSpot contacts are made of Salesforce's leads "
                    + "and contacts. hubspot: the other way round. none: who is in both is kept in step, nobody is made."
            case .objects:
                "Contacts are always there. Others: "
                    + SetupChoices.known.filter { $0 != "contacts" }.joined(separator: ", ")
                    + ". What is left out stands in the file, switched off."
            case .allowance:
                "Salesforce counts the calls of a day for the whole org. Duet uses at most this share, and always leaves a "
                    + "tenth to others; what is over waits."
            }
        }

        func shown(_ choices: SetupChoices) -> String {
            switch self {
            case .segment: return choices.segment ?? "all"
            case .createAs: return choices.createAs
            case .creates: return choices.creates.rawValue
            case .objects:
                let others = choices.objects.filter { $0 != "contacts" }
                return others.isEmpty ? "none" : others.joined(separator: ", ")
            case .allowance: return "\(choices.allowance)%"
            }
        }

        func take(_ answer: String, _ choices: inout SetupChoices) throws(SyncError) {
            switch self {
            case .segment: try choices.setSegment(answer)
            case .createAs: try choices.setCreateAs(answer)
            case .creates: try choices.setCreates(answer)
            case .objects: try choices.setObjects(answer)
            case .allowance: try choices.setAllowance(answer)
            }
        }
    }
}
