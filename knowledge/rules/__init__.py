"""The rules of the rights checks: answers, figures and a day in, a finding out. No words, no questions, no state."""
