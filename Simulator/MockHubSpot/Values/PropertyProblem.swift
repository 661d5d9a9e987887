/// A value that a property does not take.
struct PropertyProblem: Error {
    var code: String
    var message: String
}
