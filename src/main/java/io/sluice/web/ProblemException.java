package io.sluice.web;

import java.util.List;

public class ProblemException extends RuntimeException {
    ProblemException(String m) {
        super(m);
    }
    public static ProblemException notFound(String d) {
        return new ProblemException(d);
    }
    public static ProblemException conflict(String d) {
        return new ProblemException(d);
    }
    public static ProblemException invalid(List<InputError> e) {
        return new ProblemException(e.toString());
    }
    public static ProblemException tooMuchWork(int s) {
        return new ProblemException("busy");
    }
}
